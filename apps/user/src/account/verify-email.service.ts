import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { MailLinks } from '../mail-link/mail-links.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { AccountRepository } from './account.repository.js';

@Injectable()
export class VerifyEmail {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: MailLinks,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Verifies the address that received the link, and makes it the address of the account.
   *
   * @throws CodedError LINK_EXPIRED; EMAIL_TAKEN if another account has the address by now
   */
  async run(token: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const { accountId, email } = await this.links.redeem(tx, 'emailVerification', token);
      await this.accounts.setVerifiedEmail(tx, accountId, email);
      await this.events.insert(tx, { kind: 'emailVerified', accountId });
      // These links were sent to the previous address.
      await this.links.expire(tx, accountId, 'passwordReset');
    });
  }
}
