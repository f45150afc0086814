import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { RowCleanups, type Transaction } from '@viernes/database';
import { Repository } from 'typeorm';
import { FAILURE_RETENTION_HOURS, type Failures } from './account-lock.js';
import { PasswordFailureEntity } from './password-failure.entity.js';

const IS_RECENT = 'failure.failedAt > now() - make_interval(hours => :hours)';

/** Uses the clock of the database, because the clocks of replicas differ. */
@Injectable()
export class PasswordFailureRepository {
  constructor(
    @InjectRepository(PasswordFailureEntity) private readonly failures: Repository<PasswordFailureEntity>,
    cleanups: RowCleanups,
  ) {
    cleanups.add({
      table: 'password_failure',
      key: 'email_hash',
      where: `failed_at < now() - make_interval(hours => ${FAILURE_RETENTION_HOURS})`,
      orderBy: 'failed_at',
    });
  }

  async get(tx: Transaction, emailHash: Buffer): Promise<Failures> {
    const row = await tx
      .createQueryBuilder(PasswordFailureEntity, 'failure')
      .select('failure.count', 'count')
      .addSelect('failure.lockedUntil', 'lockedUntil')
      .addSelect('coalesce(failure.lockedUntil > now(), false)', 'isLocked')
      .where({ emailHash })
      .andWhere(IS_RECENT, { hours: FAILURE_RETENTION_HOURS })
      .getRawOne<Failures>();
    return row ?? { count: 0, lockedUntil: null, isLocked: false };
  }

  /** @param lockSeconds undefined keeps the lock */
  async store(
    tx: Transaction,
    emailHash: Buffer,
    { count, lockedUntil }: Failures,
    lockSeconds?: number,
  ): Promise<void> {
    await tx
      .createQueryBuilder()
      .insert()
      .into(PasswordFailureEntity)
      .values({
        emailHash,
        count,
        // One statement in both cases: a locked account must not be recognizable.
        lockedUntil: () => 'coalesce(CAST(:lockedUntil AS timestamptz), now() + make_interval(secs => :lockSeconds))',
        failedAt: () => 'now()',
      })
      .orUpdate(['count', 'locked_until', 'failed_at'], ['email_hash'])
      .setParameters({ lockedUntil: lockSeconds === undefined ? lockedUntil : null, lockSeconds: lockSeconds ?? 0 })
      .execute();
  }

  async delete(tx: Transaction, emailHash: Buffer): Promise<void> {
    await tx.delete(PasswordFailureEntity, { emailHash });
  }
}
