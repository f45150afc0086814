import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { ACCESS_TOKEN } from '@viernes/contracts';
import { RowCleanups, type Transaction } from '@viernes/database';
import { currentContext } from '@viernes/platform';
import { Not, Repository } from 'typeorm';
import type { Account } from '../account/account.js';
import { SessionEntity } from './session.entity.js';
import { MAX_SESSIONS, SESSION_TTL_DAYS, type Session } from './session.js';

const newExpiry = (): string => `now() + make_interval(days => ${SESSION_TTL_DAYS})`;

/** Truncated, because the column stores milliseconds, and rounding up could move an end into the future. */
const currentTime = (): string => `date_trunc('milliseconds', now())`;

/** Access tokens of sessions that ended earlier have expired. */
const IS_RECENT = `expires_at >= now() - make_interval(secs => ${ACCESS_TOKEN.ttlSeconds})`;

/** Uses the clock of the database, because the clocks of replicas differ. */
@Injectable()
export class SessionRepository {
  constructor(
    @InjectRepository(SessionEntity) private readonly sessions: Repository<SessionEntity>,
    cleanups: RowCleanups,
  ) {
    cleanups.add({ table: 'session', key: 'id', where: `NOT ${IS_RECENT}`, orderBy: 'expires_at' });
  }

  /** Inserts a session, and deletes the least recently refreshed ones beyond MAX_SESSIONS. */
  async insert(tx: Transaction, id: string, account: Account): Promise<Session> {
    const surplus = await tx.find(SessionEntity, {
      select: { id: true },
      where: { accountId: account.id },
      order: { expiresAt: 'DESC' },
      skip: MAX_SESSIONS - 1,
    });
    const surplusIds = surplus.map((session) => session.id);
    if (surplusIds.length > 0) await tx.delete(SessionEntity, surplusIds);
    const { raw } = await tx
      .createQueryBuilder()
      .insert()
      .into(SessionEntity)
      .values({ id, accountId: account.id, expiresAt: newExpiry, ...currentContext().client })
      .returning('expires_at')
      .execute();
    return { id, account, expiresAt: toExpiry(raw) };
  }

  async extend(tx: Transaction, id: string, account: Account): Promise<Session> {
    const { raw } = await tx
      .createQueryBuilder()
      .update(SessionEntity)
      .set({ expiresAt: newExpiry, lastUsedAt: () => 'now()', ...currentContext().client })
      .where({ id })
      .returning('expires_at')
      .execute();
    return { id, account, expiresAt: toExpiry(raw) };
  }

  /** Lists the sessions of an account that have not ended, most recently used first. */
  async list(accountId: string): Promise<SessionEntity[]> {
    return this.sessions
      .createQueryBuilder('session')
      .where({ accountId })
      .andWhere('session.expiresAt > now()')
      .orderBy({ 'session.lastUsedAt': 'DESC', 'session.id': 'ASC' })
      .getMany();
  }

  /** @returns false if the session does not exist or belongs to another account */
  async exists(tx: Transaction, accountId: string, id: string): Promise<boolean> {
    return tx.existsBy(SessionEntity, { id, accountId });
  }

  /** @returns false if the session had already ended */
  async revoke(tx: Transaction, accountId: string, id: string): Promise<boolean> {
    const { affected } = await tx
      .createQueryBuilder()
      .update(SessionEntity)
      .set({ expiresAt: currentTime })
      .where({ id, accountId })
      .andWhere('expiresAt > now()')
      .execute();
    return affected === 1;
  }

  /** Revokes the sessions of an account, except one. @returns the IDs of the revoked sessions */
  async revokeAll(tx: Transaction, accountId: string, exceptId?: string): Promise<string[]> {
    const { raw } = await tx
      .createQueryBuilder()
      .update(SessionEntity)
      .set({ expiresAt: currentTime })
      .where({ accountId, ...(exceptId !== undefined && { id: Not(exceptId) }) })
      .andWhere('expiresAt > now()')
      .returning('id')
      .execute();
    return (raw as { id: string }[]).map(({ id }) => id);
  }

  /**
   * Lists the sessions of an account, except one, that ended within the lifetime of an access token. A repeated request
   * returns them again, in case the first response was lost.
   */
  async listRecentlyEnded(tx: Transaction, accountId: string, exceptId?: string): Promise<string[]> {
    const sessions = await tx
      .createQueryBuilder(SessionEntity, 'session')
      .select('session.id')
      .where({ accountId, ...(exceptId !== undefined && { id: Not(exceptId) }) })
      .andWhere(`expires_at <= now() AND ${IS_RECENT}`)
      .getMany();
    return sessions.map(({ id }) => id);
  }
}

function toExpiry(raw: unknown): Date {
  const [row] = raw as { expires_at: Date }[];
  if (!row) throw new Error('the session does not exist');
  return row.expires_at;
}
