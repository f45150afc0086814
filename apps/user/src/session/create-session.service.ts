import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { PasswordHashing } from '../account/password-hashing.js';
import { newRefreshToken, refreshTokenHash } from './refresh-token.js';
import type { OpenSession } from './session.js';
import { SessionRepository } from './session.repository.js';

@Injectable()
export class CreateSession {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly passwords: PasswordHashing,
    private readonly transactions: Transactions,
  ) {}

  /** An unknown email costs the same work as a wrong password. @throws CodedError CREDENTIALS_WRONG, OVERLOADED */
  async run(credentials: { email: string; password: string }): Promise<{ session: OpenSession; refreshToken: string }> {
    const account = await this.accounts.findByEmail(credentials.email);
    const isRight = await this.passwords.verify(account?.passwordHash, credentials.password);
    if (!account || !isRight) throw new CodedError('CREDENTIALS_WRONG');

    const refreshToken = newRefreshToken();
    const { passwordHash: _, ...known } = account;
    const session = await this.transactions.run((tx) =>
      this.sessions.open(tx, randomUUID(), known, refreshTokenHash(refreshToken)),
    );
    return { session, refreshToken };
  }
}
