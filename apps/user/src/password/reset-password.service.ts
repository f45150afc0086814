import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { AccountLocks } from '../account-lock/account-locks.js';
import { AccountRepository } from '../account/account.repository.js';
import { PasswordHashing } from '../account/password-hashing.js';
import { MailLinks } from '../mail-link/mail-links.js';
import { MailQueue } from '../mail/mail-queue.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { SessionRepository } from '../session/session.repository.js';
import type { ResetPasswordRequest } from './password.requests.js';

@Injectable()
export class ResetPassword {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly passwords: PasswordHashing,
    private readonly locks: AccountLocks,
    private readonly sessions: SessionRepository,
    private readonly links: MailLinks,
    private readonly mails: MailQueue,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Sets a password with the link of a mail, which also verifies the email. Ends all sessions, and the lock of
   * the account.
   *
   * @returns the IDs of the ended sessions
   * @throws CodedError LINK_EXPIRED, OVERLOADED
   */
  async run({ token, newPassword }: ResetPasswordRequest): Promise<string[]> {
    const passwordHash = await this.passwords.hash(newPassword);
    return this.transactions.run(async (tx) => {
      const { accountId, email } = await this.links.redeem(tx, 'passwordReset', token);
      await this.accounts.setVerifiedEmail(tx, accountId, email);
      await this.accounts.setPassword(tx, accountId, passwordHash);
      await this.events.insert(tx, { kind: 'passwordReset', accountId });
      await this.locks.end(tx, email);
      // Includes a link to a new address that an attacker with the old password requested.
      await this.links.expire(tx, accountId);
      await this.mails.add(tx, await this.accounts.get(tx, accountId), 'passwordChange', '/forgot-password');
      return this.sessions.revokeAll(tx, accountId);
    });
  }
}
