import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { CheckPassword } from '../account/check-password.service.js';
import { SelectedProfileRepository } from '../profile/selected-profile.repository.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { createRefreshToken, hashRefreshToken } from './refresh-token.js';
import { RefreshTokenRepository } from './refresh-token.repository.js';
import type { Session } from './session.js';
import { SessionRepository } from './session.repository.js';
import type { CreateSessionRequest } from './session.requests.js';

@Injectable()
export class CreateSession {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly tokens: RefreshTokenRepository,
    private readonly selected: SelectedProfileRepository,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Creates a session if the password is correct. A wrong password, an email without an account, and a locked account
   * have the same response in the same time.
   *
   * @throws CodedError CREDENTIALS_WRONG, OVERLOADED
   */
  async run({ email, password }: CreateSessionRequest): Promise<{ session: Session; refreshToken: string }> {
    const credentials = await this.checkPassword.run({ email }, password);
    if (!credentials) throw new CodedError('CREDENTIALS_WRONG');

    const refreshToken = createRefreshToken();
    const session = await this.transactions.run(async (tx) => {
      const account = await this.accounts.lockVerified(tx, credentials);
      if (!account) throw new CodedError('CREDENTIALS_WRONG');
      const inserted = await this.sessions.insert(tx, randomUUID(), account);
      await this.selected.putOnly(tx, inserted.id, account.id);
      await this.events.insert(tx, { kind: 'signedIn', accountId: account.id, sessionId: inserted.id });
      await this.tokens.insert(tx, inserted.id, hashRefreshToken(refreshToken));
      return inserted;
    });
    return { session, refreshToken };
  }
}
