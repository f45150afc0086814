import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Transaction } from '@viernes/database';
import { Repository } from 'typeorm';
import type { Account } from '../account/account.js';
import { SessionEntity } from './session.entity.js';
import { SESSION_DAYS, SESSIONS_MAX, USED_TOKEN_DAYS, type OpenSession, type PresentedToken } from './session.js';

export interface KnownToken extends PresentedToken {
  readonly sessionId: string;
  readonly account: Account;
}

interface KnownTokenRow extends Account {
  readonly sessionId: string;
  readonly hasSessionEnded: boolean;
  readonly usedAgoMs: number | null;
}

/** Moments are the database's: the clocks of replicas differ. */
@Injectable()
export class SessionRepository {
  constructor(@InjectRepository(SessionEntity) private readonly sessions: Repository<SessionEntity>) {}

  /** Also ends the account's stalest sessions beyond SESSIONS_MAX. */
  async open(tx: Transaction, id: string, account: Account, tokenHash: Buffer): Promise<OpenSession> {
    const [row] = await tx.query<{ endsAt: Date }[]>(
      `insert into session (id, account_id, ends_at) values ($1, $2, now() + make_interval(days => $3))
       returning ends_at as "endsAt"`,
      [id, account.id, SESSION_DAYS],
    );
    await this.insertToken(tx, id, tokenHash);
    await tx.query(
      `delete from session where id in
         (select id from session where account_id = $1 order by ends_at desc, (id = $2) desc offset $3)`,
      [account.id, id, SESSIONS_MAX],
    );
    return { id, account, endsAt: endOf(row) };
  }

  /** Locks token and session until the transaction ends: of two tabs the second sees what the first did. */
  async findToken(tx: Transaction, tokenHash: Buffer): Promise<KnownToken | undefined> {
    const [row] = await tx.query<KnownTokenRow[]>(
      `select s.id as "sessionId", s.ends_at <= now() as "hasSessionEnded",
         (extract(epoch from now() - r.used_at) * 1000)::float8 as "usedAgoMs",
         a.id, a.email, a.role, a.created_at as "createdAt"
       from refresh_token r join session s on s.id = r.session_id join account a on a.id = s.account_id
       where r.hash = $1 for no key update of r, s`,
      [tokenHash],
    );
    if (!row) return undefined;
    const { sessionId, hasSessionEnded, usedAgoMs, ...account } = row;
    return { sessionId, hasSessionEnded, usedAgoMs: usedAgoMs ?? undefined, account };
  }

  /** Uses up one token, gives out the next, and lets the session live on. */
  async rotate(tx: Transaction, token: KnownToken, tokenHash: Buffer, nextHash: Buffer): Promise<OpenSession> {
    await tx.query('update refresh_token set used_at = now() where hash = $1 and used_at is null', [tokenHash]);
    await this.insertToken(tx, token.sessionId, nextHash);
    const [[row]] = await tx.query<[{ endsAt: Date }[], number]>(
      `update session set ends_at = now() + make_interval(days => $2) where id = $1 returning ends_at as "endsAt"`,
      [token.sessionId, SESSION_DAYS],
    );
    return { id: token.sessionId, account: token.account, endsAt: endOf(row) };
  }

  /** Repeating it changes nothing. Somebody else's session stays as it is. */
  async end(sessionId: string, accountId: string, tx: Transaction = this.sessions.manager): Promise<void> {
    await tx.query('update session set ends_at = now() where id = $1 and account_id = $2 and ends_at > now()', [
      sessionId,
      accountId,
    ]);
  }

  /**
   * Deletes what no answer depends on any more: ended sessions with their tokens, and tokens used long ago.
   * @returns whether there may be more
   */
  async deleteEnded(limit: number): Promise<boolean> {
    const [, sessions] = await this.sessions.query<[unknown[], number]>(
      `delete from session where id in
         (select id from session where ends_at <= now() order by ends_at limit $1 for update skip locked)`,
      [limit],
    );
    const [, tokens] = await this.sessions.query<[unknown[], number]>(
      `delete from refresh_token where hash in
         (select hash from refresh_token where used_at < now() - make_interval(days => $2)
          order by used_at limit $1 for update skip locked)`,
      [limit, USED_TOKEN_DAYS],
    );
    return sessions === limit || tokens === limit;
  }

  private async insertToken(tx: Transaction, sessionId: string, hash: Buffer): Promise<void> {
    await tx.query('insert into refresh_token (hash, session_id) values ($1, $2)', [hash, sessionId]);
  }
}

function endOf(row: { endsAt: Date } | undefined): Date {
  if (!row) throw new Error('a session that was just written is gone');
  return row.endsAt;
}
