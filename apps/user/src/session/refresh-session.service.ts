import { Injectable, Logger } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { ProfileRepository } from '../profile/profile.repository.js';
import { SelectedProfileRepository } from '../profile/selected-profile.repository.js';
import { createRandomToken, hashToken } from '../random-token.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { decideRefresh } from './refresh-token.js';
import { RefreshTokenRepository } from './refresh-token.repository.js';
import type { OpenedSession } from './session-opener.js';
import { SessionRepository } from './session.repository.js';

@Injectable()
export class RefreshSession {
  private readonly logger = new Logger(RefreshSession.name);

  constructor(
    private readonly sessions: SessionRepository,
    private readonly tokens: RefreshTokenRepository,
    private readonly profiles: ProfileRepository,
    private readonly selected: SelectedProfileRepository,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Exchanges a refresh token for a new one and extends the session.
   *
   * @throws CodedError SESSION_ENDED. Reuse of a token after the grace period also revokes the session.
   */
  async run(presentedToken: string): Promise<OpenedSession> {
    const refreshToken = createRandomToken();
    // Returns undefined instead of throwing, because the revocation of a session must commit.
    const opened = await this.transactions.run(async (tx): Promise<OpenedSession | undefined> => {
      const token = await this.tokens.find(tx, hashToken(presentedToken));
      if (!token) return undefined;
      const { sessionId, account } = token;
      switch (decideRefresh(token)) {
        case 'refresh':
          if (token.usedAgoMs === undefined) await this.tokens.markUsed(tx, sessionId);
          await this.tokens.insert(tx, sessionId, hashToken(refreshToken));
          return {
            session: await this.sessions.extend(tx, sessionId, account),
            refreshToken,
            profiles: await this.profiles.list(account.id, tx),
            selected: await this.selected.find(sessionId, tx),
          };
        case 'revoke-session':
          await this.sessions.revoke(tx, account.id, sessionId);
          await this.events.insert(tx, { kind: 'refreshTokenReused', accountId: account.id, sessionId });
          this.logger.warn({ sessionId }, 'refresh token reused, session revoked');
          return undefined;
        case 'reject':
          return undefined;
      }
    });
    if (!opened) throw new CodedError('SESSION_ENDED');
    return opened;
  }
}
