import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { uuid } from '@viernes/platform';
import { Repository } from 'typeorm';
import type { NewestCursor } from './title-cursor.js';
import { filterTitles, selectTitles, toTitle, type TitleRow } from './title-query.js';
import { TitleEntity } from './title.entity.js';
import type { NewTitle, Title, TitleFilter } from './title.js';

@Injectable()
export class TitleRepository {
  constructor(@InjectRepository(TitleEntity) private readonly titles: Repository<TitleEntity>) {}

  /** @throws CodedError TITLE_NOT_FOUND */
  async get(id: string): Promise<Title> {
    const [title] = await this.listByIds([id]);
    if (!title) throw new CodedError('TITLE_NOT_FOUND', { titleId: id });
    return title;
  }

  /** Lists existing titles in the order of the IDs. Ignores text that is not a UUID, and repeats the title of a repeated ID. */
  async listByIds(texts: readonly string[]): Promise<Title[]> {
    const ids = texts.flatMap((text) => uuid.safeParse(text).data ?? []);
    const rows = await selectTitles(this.titles.manager).where('t.id = ANY(:ids)', { ids }).getRawMany<TitleRow>();
    const titles = new Map(rows.map((row) => [row.id, toTitle(row)]));
    return ids.flatMap((id) => titles.get(id) ?? []);
  }

  /** Lists the newest titles first, starting after the cursor. */
  async listNewest(filter: TitleFilter, after: NewestCursor | undefined, limit: number): Promise<Title[]> {
    const query = filterTitles(selectTitles(this.titles.manager), filter)
      .orderBy('t.createdAt', 'DESC')
      .addOrderBy('t.id', 'DESC')
      .limit(limit);
    if (after) {
      const position = { createdAt: new Date(after.createdAtMs), id: after.id };
      query.andWhere('(t.createdAt, t.id) < (:createdAt, :id)', position);
    }
    return (await query.getRawMany<TitleRow>()).map(toTitle);
  }

  /** @returns undefined if another title has the same external ID */
  async insert(tx: Transaction, id: string, title: NewTitle): Promise<Title | undefined> {
    const { raw } = await tx
      .createQueryBuilder()
      .insert()
      .into(TitleEntity)
      .values({ ...title, id, genres: [...title.genres], directors: [...title.directors] })
      .orIgnore()
      .returning('created_at')
      .execute();
    const [row] = raw as { created_at: Date }[];
    return row && { ...title, id, createdAt: row.created_at };
  }
}
