import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RowCleanups } from '../row-cleanups.js';
import type { Transaction } from '../transactions.js';
import { IdempotentResponseEntity } from './idempotent-response.entity.js';

export type StoredResponse = Pick<IdempotentResponseEntity, 'id' | 'fingerprint' | 'response'>;

/** A request that has not finished after this time was interrupted, because its deadline was earlier. */
const IN_PROGRESS_SECONDS = 60;

const RETENTION_HOURS = 24;

@Injectable()
export class IdempotentResponseRepository {
  constructor(
    private readonly dataSource: DataSource,
    cleanups: RowCleanups,
  ) {
    cleanups.add({
      table: 'idempotent_response',
      key: 'id',
      where: `created_at < now() - make_interval(hours => ${RETENTION_HOURS})`,
      orderBy: 'created_at',
    });
  }

  /** Returns a request; `response` is null while it is in progress. Undefined if it is unknown or was interrupted. */
  async find(id: Buffer, tx: Transaction = this.dataSource.manager): Promise<StoredResponse | undefined> {
    const found = await tx
      .createQueryBuilder(IdempotentResponseEntity, 'stored')
      .where({ id })
      .andWhere(
        `(stored.response IS NOT NULL OR stored.createdAt > now() - make_interval(secs => ${IN_PROGRESS_SECONDS}))`,
      )
      .getOne();
    return found ?? undefined;
  }

  async put(tx: Transaction, stored: StoredResponse): Promise<void> {
    await tx.upsert(IdempotentResponseEntity, { ...stored, createdAt: () => 'now()' }, ['id']);
  }

  async delete(tx: Transaction, id: Buffer): Promise<void> {
    await tx.delete(IdempotentResponseEntity, { id });
  }
}
