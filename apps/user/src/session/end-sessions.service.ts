import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { SessionRepository } from './session.repository.js';

/** Signs out devices of the caller. */
@Injectable()
export class EndSessions {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Ends a session of the caller. Idempotent: a repeated call returns the ID again, in case the first response was lost.
   *
   * @returns the ID of the session, empty if it does not exist or belongs to another account
   */
  async one({ accountId, sessionId }: Caller, id: string): Promise<string[]> {
    return this.transactions.run(async (tx) => {
      if (!(await this.sessions.exists(tx, accountId, id))) return [];
      const hasEnded = await this.sessions.revoke(tx, accountId, id);
      const kind = id === sessionId ? 'signedOut' : 'sessionEnded';
      if (hasEnded) await this.events.insert(tx, { kind, accountId, sessionId: id });
      return [id];
    });
  }

  /** Ends all sessions of the caller, except the current one. Idempotent like `one`. @returns their IDs */
  async others({ accountId, sessionId }: Caller): Promise<string[]> {
    return this.transactions.run(async (tx) => {
      const endedIds = await this.sessions.revokeAll(tx, accountId, sessionId);
      if (endedIds.length > 0) await this.events.insert(tx, { kind: 'sessionsEnded', accountId });
      return this.sessions.listRecentlyEnded(tx, accountId, sessionId);
    });
  }
}
