import { Injectable, Logger } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { newRefreshToken, refreshTokenHash } from './refresh-token.js';
import { decideRefresh, type OpenSession } from './session.js';
import { SessionRepository } from './session.repository.js';

@Injectable()
export class RefreshSession {
  private readonly logger = new Logger(RefreshSession.name);

  constructor(
    private readonly sessions: SessionRepository,
    private readonly transactions: Transactions,
  ) {}

  /** @throws CodedError SESSION_ENDED, also for a token that was used before: then nobody keeps the session */
  async run(presentedToken: string): Promise<{ session: OpenSession; refreshToken: string }> {
    const presentedHash = refreshTokenHash(presentedToken);
    const refreshToken = newRefreshToken();
    // The end of a session must commit: so refusing is an answer of the transaction, not an error inside it.
    const session = await this.transactions.run(async (tx) => {
      const token = await this.sessions.findToken(tx, presentedHash);
      if (!token) return undefined;
      const decision = decideRefresh(token);
      if (decision === 'rotate') return this.sessions.rotate(tx, token, presentedHash, refreshTokenHash(refreshToken));
      if (decision === 'end-session') {
        await this.sessions.end(token.sessionId, token.account.id, tx);
        this.logger.warn({ sessionId: token.sessionId }, 'a used refresh token came back, the session was ended');
      }
      return undefined;
    });
    if (!session) throw new CodedError('SESSION_ENDED');
    return { session, refreshToken };
  }
}
