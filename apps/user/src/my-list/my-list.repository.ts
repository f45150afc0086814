import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { CodedError, MAX_MY_LIST_TITLES } from '@viernes/contracts';
import { lockInTransaction, Transactions } from '@viernes/database';
import { PageCursor, timestamp, uuid, type Page } from '@viernes/platform';
import { Repository } from 'typeorm';
import { z } from 'zod';
import { MyListEntryEntity } from './my-list-entry.entity.js';

export interface MyListEntry {
  readonly titleId: string;
  readonly addedAt: Date;
}

/** The time at which a title was added, and its ID. */
const CURSOR = new PageCursor('my-list', z.tuple([timestamp, uuid]));

@Injectable()
export class MyListRepository {
  constructor(
    @InjectRepository(MyListEntryEntity) private readonly entries: Repository<MyListEntryEntity>,
    private readonly transactions: Transactions,
  ) {}

  /** Adds a title. One that is already in the list keeps its position. @throws CodedError MY_LIST_FULL */
  async add(profileId: string, titleId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'myList', profileId);
      if (await tx.existsBy(MyListEntryEntity, { profileId, titleId })) return;
      const count = await tx.countBy(MyListEntryEntity, { profileId });
      if (count >= MAX_MY_LIST_TITLES) throw new CodedError('MY_LIST_FULL');
      await tx.insert(MyListEntryEntity, { profileId, titleId });
    });
  }

  async remove(profileId: string, titleId: string): Promise<void> {
    await this.entries.delete({ profileId, titleId });
  }

  async has(profileId: string, titleId: string): Promise<boolean> {
    return this.entries.existsBy({ profileId, titleId });
  }

  /** Lists titles, latest first. @throws CodedError CURSOR_INVALID */
  async list(profileId: string, cursor: string, pageSize: number): Promise<Page<MyListEntry>> {
    const [addedAt, titleId] = CURSOR.decode(cursor) ?? [];
    const query = this.entries
      .createQueryBuilder('entry')
      .where({ profileId })
      .orderBy('entry.addedAt', 'DESC')
      .addOrderBy('entry.titleId', 'DESC')
      .limit(pageSize + 1);
    if (addedAt) query.andWhere('(entry.addedAt, entry.titleId) < (:addedAt, :titleId)', { addedAt, titleId });
    return CURSOR.toPage(await query.getMany(), pageSize, (last) => [last.addedAt, last.titleId]);
  }
}
