import type { Logger } from '@viernes/platform';
import type { Valkey } from '../valkey/valkey.js';
import { CLOCK_TOLERANCE_SECONDS } from './access-tokens.js';

const KEY_PREFIX = 'viernes:edge:revoked-session:';

/**
 * Sessions that were ended while access tokens of theirs still live. While Valkey is away nobody is found here, so a token
 * of an ended session stays good for the rest of its minutes: refusing everybody would be worse. Refresh tokens do not
 * depend on this, user ends them in its database.
 */
export class RevokedSessions {
  constructor(
    private readonly valkey: Valkey,
    private readonly logger: Logger,
  ) {}

  /** @param tokenLifeSeconds no token issued until now outlives this */
  async add(sessionId: string, tokenLifeSeconds: number): Promise<void> {
    const seconds = Math.max(1, Math.ceil(tokenLifeSeconds) + CLOCK_TOLERANCE_SECONDS);
    try {
      await this.valkey.set(KEY_PREFIX + sessionId, '1', 'EX', seconds);
    } catch (error) {
      this.logger.warn({ err: error, sessionId }, 'ended session not noted: its access token lives on to its end');
    }
  }

  async has(sessionId: string): Promise<boolean> {
    if (this.valkey.status !== 'ready') return false;
    // The client's own 'error' event tells that Valkey is away; a line for each request would tell nothing more.
    const found = await this.valkey.exists(KEY_PREFIX + sessionId).catch(() => 0);
    return found === 1;
  }
}
