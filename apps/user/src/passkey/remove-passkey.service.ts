import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { MailQueue } from '../mail/mail-queue.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { PasskeyRepository } from './passkey.repository.js';

@Injectable()
export class RemovePasskey {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly passkeys: PasskeyRepository,
    private readonly mails: MailQueue,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Removes a passkey of an account. Existing sessions remain valid. @throws CodedError PASSKEY_NOT_FOUND */
  async run(accountId: string, passkeyId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const account = await this.accounts.get(tx, accountId);
      await this.passkeys.delete(tx, accountId, passkeyId);
      await this.events.insert(tx, { kind: 'passkeyRemoved', accountId });
      await this.mails.add(tx, account, 'passkeyRemoval', '/account');
    });
  }
}
