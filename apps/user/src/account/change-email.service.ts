import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { MailLinks } from '../mail-link/mail-links.js';
import { MailQueue } from '../mail/mail-queue.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { AccountRepository } from './account.repository.js';
import type { ChangeEmailRequest } from './account.requests.js';
import { CheckPassword } from './check-password.service.js';

@Injectable()
export class ChangeEmail {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly accounts: AccountRepository,
    private readonly links: MailLinks,
    private readonly mails: MailQueue,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Sends a link to the new address, and a notice to the old one. The address of the account changes when the link is
   * opened. Invalidates earlier links: the owner of a mistyped address could use one later to take over the account.
   *
   * @throws CodedError PASSWORD_WRONG, EMAIL_TAKEN, MAIL_LIMIT_REACHED, OVERLOADED
   */
  async run(accountId: string, { password, email }: ChangeEmailRequest): Promise<void> {
    const credentials = await this.checkPassword.confirm(accountId, password);
    await this.transactions.run(async (tx) => {
      const account = await this.accounts.lockVerified(tx, credentials);
      if (!account) throw new CodedError('PASSWORD_WRONG');
      if (email !== account.email && (await this.accounts.isEmailTaken(tx, email))) throw new CodedError('EMAIL_TAKEN');
      await this.events.insert(tx, { kind: 'emailChangeRequested', accountId });
      await this.links.expire(tx, accountId, 'emailVerification');
      await this.links.send(tx, 'emailVerification', account, email);
      if (email !== account.email) await this.mails.add(tx, account, 'emailChange', '/forgot-password');
    });
  }
}
