import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AccountLocks } from '../account-lock/account-locks.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import type { AccountCredentials } from './account.js';
import { AccountRepository } from './account.repository.js';
import { PasswordHashing } from './password-hashing.js';

/** Checks the password of a sign-in, or confirms that the caller is the owner before a change. */
@Injectable()
export class CheckPassword {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly passwords: PasswordHashing,
    private readonly locks: AccountLocks,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * For a sign-in, takes the same time in each case in which it returns undefined. The password can change before the
   * calling use case writes: `AccountRepository.lockVerified` checks that.
   *
   * @param key the email of a sign-in, or the ID of the caller
   * @returns undefined if the password is wrong, the account is locked, or there is no account
   * @throws CodedError OVERLOADED
   */
  async run(key: { email: string } | { id: string }, password: string): Promise<AccountCredentials | undefined> {
    const credentials = await this.accounts.findCredentials(key);
    const isCorrect = await this.passwords.verify(credentials?.passwordHash, password);
    const [email, use] =
      'email' in key ? ([key.email, 'signIn'] as const) : ([credentials?.account.email, 'confirmation'] as const);
    // The account of a caller was deleted.
    if (email === undefined) return undefined;
    const accountId = credentials?.account.id;
    return this.transactions.run(async (tx) => {
      const decision = await this.locks.admit(tx, email, use, isCorrect);
      if (decision === 'accepted') return credentials;
      // Also without an account, so that the response takes the same time.
      await this.events.insert(tx, { kind: 'passwordRejected', accountId });
      if (decision === 'locked') await this.events.insert(tx, { kind: 'accountLocked', accountId });
      return undefined;
    });
  }

  /** Confirms that the caller is the owner of the account. @throws CodedError PASSWORD_WRONG, OVERLOADED */
  async confirm(accountId: string, password: string): Promise<AccountCredentials> {
    const credentials = await this.run({ id: accountId }, password);
    if (!credentials) throw new CodedError('PASSWORD_WRONG');
    return credentials;
  }
}
