import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { MailLinks } from '../mail-link/mail-links.js';
import { AccountRepository } from './account.repository.js';

@Injectable()
export class RequestEmailVerification {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: MailLinks,
    private readonly transactions: Transactions,
  ) {}

  /** Sends another link to the address of the account, unless it is verified. @throws CodedError MAIL_LIMIT_REACHED */
  async run(accountId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const account = await this.accounts.get(tx, accountId);
      if (account.emailVerifiedAt === null) await this.links.send(tx, 'emailVerification', account);
    });
  }
}
