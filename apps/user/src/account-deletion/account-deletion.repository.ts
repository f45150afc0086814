import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { RowCleanups, type Transaction } from '@viernes/database';
import { IsNull, Repository } from 'typeorm';
import { AccountDeletionEntity } from './account-deletion.entity.js';
import { DELETING_SERVICES, REPEAT_MINUTES, RETENTION_DAYS, type DeletingService } from './account-deletion.js';

/** A deletion whose request is repeated. */
export interface RepeatedDeletion {
  readonly accountId: string;
  /** The services that have not responded yet. */
  readonly waitingFor: readonly DeletingService[];
  readonly requestedAt: Date;
}

/** Uses the clock of the database, because the clocks of replicas differ. */
@Injectable()
export class AccountDeletionRepository {
  constructor(
    @InjectRepository(AccountDeletionEntity) private readonly deletions: Repository<AccountDeletionEntity>,
    cleanups: RowCleanups,
  ) {
    cleanups.add({
      table: 'account_deletion',
      key: 'account_id',
      where: `finished_at < now() - make_interval(days => ${RETENTION_DAYS})`,
      orderBy: 'finished_at',
    });
  }

  /** @returns the sessions and API key secrets that the request has ended, undefined if the deletion was not requested */
  async findEndedSessionIds(accountId: string): Promise<string[] | undefined> {
    const deletion = await this.deletions.findOneBy({ accountId });
    return deletion?.endedSessionIds;
  }

  async insert(tx: Transaction, accountId: string, endedSessionIds: string[]): Promise<void> {
    await tx.insert(AccountDeletionEntity, { accountId, waitingFor: [...DELETING_SERVICES], endedSessionIds });
  }

  /** Records the response of a service. @returns whether all have responded, and the deletion is not finished */
  async recordResponse(tx: Transaction, accountId: string, service: DeletingService): Promise<boolean> {
    const { raw } = await tx
      .createQueryBuilder()
      .update(AccountDeletionEntity)
      .set({ waitingFor: () => 'array_remove(waiting_for, :service)' })
      .where({ accountId, finishedAt: IsNull() })
      .setParameters({ service })
      .returning('waiting_for')
      .execute();
    const [row] = raw as { waiting_for: DeletingService[] }[];
    return row?.waiting_for.length === 0;
  }

  async finish(tx: Transaction, accountId: string): Promise<void> {
    await tx.update(AccountDeletionEntity, { accountId }, { finishedAt: () => 'now()' });
  }

  /** Takes deletions whose request is due again, at most `limit`. Other replicas skip them. */
  async takeDue(tx: Transaction, limit: number): Promise<RepeatedDeletion[]> {
    // Raw SQL: the query builder supports neither LIMIT nor SKIP LOCKED in an UPDATE.
    const [rows] = await tx.query<[RepeatedDeletion[], number]>(
      `UPDATE account_deletion SET last_requested_at = now() WHERE account_id IN
         (SELECT account_id FROM account_deletion
          WHERE last_requested_at < now() - make_interval(mins => $2)
            AND (finished_at IS NULL OR last_requested_at = requested_at)
          ORDER BY last_requested_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING account_id AS "accountId", waiting_for AS "waitingFor", requested_at AS "requestedAt"`,
      [limit, REPEAT_MINUTES],
    );
    return rows;
  }

  /** Counts deletions that are not finished although their request was due again. */
  async countOverdue(): Promise<number> {
    return this.deletions
      .createQueryBuilder('deletion')
      .where({ finishedAt: IsNull() })
      .andWhere('deletion.requestedAt < now() - make_interval(mins => :minutes)', { minutes: REPEAT_MINUTES })
      .getCount();
  }
}
