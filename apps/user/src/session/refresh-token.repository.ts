import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { RowCleanups, type Transaction } from '@viernes/database';
import { IsNull, Repository } from 'typeorm';
import { AccountEntity } from '../account/account.entity.js';
import type { Account } from '../account/account.js';
import { RefreshTokenEntity } from './refresh-token.entity.js';
import { USED_TOKEN_RETENTION_DAYS, type RefreshToken } from './refresh-token.js';
import { SessionEntity } from './session.entity.js';

interface RefreshTokenRow extends Account {
  readonly sessionId: string;
  readonly isSessionExpired: boolean;
  readonly usedAgoMs: number | null;
}

/** Uses the clock of the database, because the clocks of replicas differ. */
@Injectable()
export class RefreshTokenRepository {
  constructor(
    @InjectRepository(RefreshTokenEntity) private readonly tokens: Repository<RefreshTokenEntity>,
    cleanups: RowCleanups,
  ) {
    cleanups.add({
      table: 'refresh_token',
      key: 'hash',
      where: `used_at < now() - make_interval(days => ${USED_TOKEN_RETENTION_DAYS})`,
      orderBy: 'used_at',
    });
  }

  /** Finds a token, and locks its session until the transaction ends: refreshes of one session run one after the other. */
  async find(tx: Transaction, hash: Buffer): Promise<RefreshToken | undefined> {
    // A separate statement, because one that waits for a lock reads the other tables as they were when it started.
    await tx
      .createQueryBuilder(SessionEntity, 'session')
      .innerJoin(RefreshTokenEntity, 'token', 'token.sessionId = session.id')
      .where('token.hash = :hash', { hash })
      .setLock('for_no_key_update', undefined, ['session'])
      .getOne();
    const row = await tx
      .createQueryBuilder(RefreshTokenEntity, 'token')
      .innerJoin(SessionEntity, 'session', 'session.id = token.sessionId')
      .innerJoin(AccountEntity, 'account', 'account.id = session.accountId')
      .select('session.id', 'sessionId')
      // Not now(), the start of the transaction: it can precede a revocation that this transaction has waited for.
      .addSelect('session.expiresAt <= clock_timestamp()', 'isSessionExpired')
      .addSelect('CAST(extract(epoch FROM now() - token.usedAt) * 1000 AS float8)', 'usedAgoMs')
      .addSelect('account.id', 'id')
      .addSelect('account.email', 'email')
      .addSelect('account.emailVerifiedAt', 'emailVerifiedAt')
      .addSelect('account.language', 'language')
      .addSelect('account.role', 'role')
      .addSelect('account.plan', 'plan')
      .addSelect('account.createdAt', 'createdAt')
      .where('token.hash = :hash', { hash })
      .getRawOne<RefreshTokenRow>();
    if (!row) return undefined;
    const { sessionId, isSessionExpired, usedAgoMs, ...account } = row;
    return { sessionId, isSessionExpired, usedAgoMs: usedAgoMs ?? undefined, account };
  }

  /** Marks all unused tokens of a session as used: the presented token and its siblings. */
  async markUsed(tx: Transaction, sessionId: string): Promise<void> {
    await tx.update(RefreshTokenEntity, { sessionId, usedAt: IsNull() }, { usedAt: () => 'now()' });
  }

  async insert(tx: Transaction, sessionId: string, hash: Buffer): Promise<void> {
    await tx.insert(RefreshTokenEntity, { hash, sessionId });
  }
}
