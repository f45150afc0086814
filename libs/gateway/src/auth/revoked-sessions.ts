import { ACCESS_TOKEN } from '@viernes/contracts';
import type { Logger } from '@viernes/platform';
import type { Valkey } from '../valkey/valkey.js';
import { CLOCK_TOLERANCE_SECONDS } from './access-token-verifier.js';

/** Maximum number of keys of one command, so that it does not delay others. */
const FIND_BATCH = 500;

const KEY_PREFIX = 'viernes:edge:revoked-session:';

/**
 * Revoked sessions whose access tokens have not expired yet. While Valkey is unavailable, no session is found, so that
 * an access token stays valid until it expires. Rejecting every request would be worse. Refresh tokens do not depend on
 * Valkey: the user service revokes them in its database.
 */
export class RevokedSessions {
  constructor(
    private readonly valkey: Valkey,
    private readonly logger: Logger,
  ) {}

  /** @param tokenLifeSeconds maximum remaining lifetime of the session's access tokens */
  async add(sessionId: string, tokenLifeSeconds: number): Promise<void> {
    const seconds = Math.max(1, Math.ceil(tokenLifeSeconds) + CLOCK_TOLERANCE_SECONDS);
    try {
      await this.valkey.set(KEY_PREFIX + sessionId, '1', 'EX', seconds);
    } catch (error) {
      this.logger.warn({ err: error, sessionId }, 'session revocation not stored');
    }
  }

  /** Rejects all access tokens of sessions that have ended, whenever they were issued. */
  async addAll(sessionIds: readonly string[]): Promise<void> {
    await Promise.all(sessionIds.map((id) => this.add(id, ACCESS_TOKEN.ttlSeconds)));
  }

  /** Returns which of the sessions are revoked: none while Valkey is unavailable. */
  async find(sessionIds: readonly string[]): Promise<ReadonlySet<string>> {
    const revoked = new Set<string>();
    for (let start = 0; start < sessionIds.length && this.valkey.status === 'ready'; start += FIND_BATCH) {
      const batch = sessionIds.slice(start, start + FIND_BATCH);
      const found = await this.valkey.mget(batch.map((id) => KEY_PREFIX + id)).catch(() => []);
      for (const [index, id] of batch.entries()) if (found[index] != null) revoked.add(id);
    }
    return revoked;
  }

  async has(sessionId: string): Promise<boolean> {
    if (this.valkey.status !== 'ready') return false;
    // Not logged here: connectValkey logs once that Valkey is unavailable.
    const found = await this.valkey.exists(KEY_PREFIX + sessionId).catch(() => 0);
    return found === 1;
  }
}
