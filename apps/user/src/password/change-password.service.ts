import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { AccountRepository } from '../account/account.repository.js';
import { CheckPassword } from '../account/check-password.service.js';
import { PasswordHashing } from '../account/password-hashing.js';
import { MailQueue } from '../mail/mail-queue.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { SessionRepository } from '../session/session.repository.js';
import type { ChangePasswordRequest } from './password.requests.js';
import { ReplacePassword } from './replace-password.js';

@Injectable()
export class ChangePassword {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly accounts: AccountRepository,
    private readonly passwords: PasswordHashing,
    private readonly replacePassword: ReplacePassword,
    private readonly sessions: SessionRepository,
    private readonly mails: MailQueue,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Replaces the password of the caller, and ends the other sessions. All links in mails become invalid, including one to a
   * new address that an attacker with the old password requested.
   *
   * @returns the IDs of the ended sessions
   * @throws CodedError PASSWORD_WRONG, OVERLOADED
   */
  async run({ accountId, sessionId }: Caller, { password, newPassword }: ChangePasswordRequest): Promise<string[]> {
    const credentials = await this.checkPassword.confirm(accountId, password);
    const passwordHash = await this.passwords.hash(newPassword);
    return this.transactions.run(async (tx) => {
      const account = await this.accounts.lockVerified(tx, credentials);
      if (!account) throw new CodedError('PASSWORD_WRONG');
      await this.replacePassword.run(tx, accountId, passwordHash);
      await this.events.insert(tx, { kind: 'passwordChanged', accountId });
      await this.mails.add(tx, account, 'passwordChange', '/forgot-password');
      return this.sessions.revokeAll(tx, accountId, sessionId);
    });
  }
}
