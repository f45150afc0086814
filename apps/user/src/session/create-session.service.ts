import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { PasswordHashing } from '../account/password-hashing.js';
import { createRefreshToken, hashRefreshToken } from './refresh-token.js';
import { RefreshTokenRepository } from './refresh-token.repository.js';
import type { Session } from './session.js';
import { SessionRepository } from './session.repository.js';
import type { CreateSessionRequest } from './session.requests.js';

@Injectable()
export class CreateSession {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly tokens: RefreshTokenRepository,
    private readonly passwords: PasswordHashing,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Creates a session if the password is correct. An unknown email takes the same time as a wrong password.
   *
   * @throws CodedError CREDENTIALS_WRONG, OVERLOADED
   */
  async run({ email, password }: CreateSessionRequest): Promise<{ session: Session; refreshToken: string }> {
    const credentials = await this.accounts.findCredentials({ email });
    const isCorrect = await this.passwords.verify(credentials?.passwordHash, password);
    if (!credentials || !isCorrect) throw new CodedError('CREDENTIALS_WRONG');

    const refreshToken = createRefreshToken();
    const session = await this.transactions.run(async (tx) => {
      const inserted = await this.sessions.insert(tx, randomUUID(), credentials.account);
      await this.tokens.insert(tx, inserted.id, hashRefreshToken(refreshToken));
      return inserted;
    });
    return { session, refreshToken };
  }
}
