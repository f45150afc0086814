import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { CheckPassword } from '../account/check-password.service.js';
import { SessionOpener, type OpenedSession } from './session-opener.js';
import type { CreateSessionRequest } from './session.requests.js';

@Injectable()
export class CreateSession {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly accounts: AccountRepository,
    private readonly opener: SessionOpener,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Creates a session if the password is correct. Returns the same response after the same time for a wrong password,
   * an email without an account, and a locked account.
   *
   * @throws CodedError CREDENTIALS_WRONG, OVERLOADED
   */
  async run({ email, password }: CreateSessionRequest): Promise<OpenedSession> {
    const credentials = await this.checkPassword.run({ email }, password);
    if (!credentials) throw new CodedError('CREDENTIALS_WRONG');
    return this.transactions.run(async (tx) => {
      const account = await this.accounts.lockVerified(tx, credentials);
      if (!account) throw new CodedError('CREDENTIALS_WRONG');
      return this.opener.open(tx, account, 'signedIn');
    });
  }
}
