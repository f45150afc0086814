import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { MailQueue } from '../mail/mail-queue.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { IdentityRepository } from './identity.repository.js';

@Injectable()
export class RemoveIdentity {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly identities: IdentityRepository,
    private readonly mails: MailQueue,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Removes an identity of an account. An account without a password can lose its last identity, because the owner can
   * still set a password with a link sent by mail. Existing sessions remain valid.
   *
   * @throws CodedError IDENTITY_NOT_FOUND
   */
  async run(accountId: string, identityId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const account = await this.accounts.get(tx, accountId);
      await this.identities.delete(tx, accountId, identityId);
      await this.events.insert(tx, { kind: 'identityRemoved', accountId });
      await this.mails.add(tx, account, 'identityRemoval', '/account');
    });
  }
}
