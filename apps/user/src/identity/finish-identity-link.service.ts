import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { MailQueue } from '../mail/mail-queue.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import type { Identity, ProviderResponse } from './identity.js';
import { IdentityRepository } from './identity.repository.js';
import { ProviderSignIns } from './provider-sign-ins.js';

@Injectable()
export class FinishIdentityLink {
  constructor(
    private readonly signIns: ProviderSignIns,
    private readonly accounts: AccountRepository,
    private readonly identities: IdentityRepository,
    private readonly mails: MailQueue,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Links an identity with the account whose owner has started the link. The email of the identity does not matter.
   *
   * @throws CodedError IDENTITY_REJECTED, IDENTITY_CONFLICT, SIGN_IN_PROVIDER_NOT_FOUND, SIGN_IN_PROVIDER_UNAVAILABLE
   */
  async run(accountId: string, response: ProviderResponse): Promise<Identity> {
    // Read before the state is used up. Until then, a change of the password invalidates the state.
    const credentials = await this.accounts.findCredentials({ id: accountId });
    const verified = await this.signIns.finish(response, accountId);
    return this.transactions.run(async (tx) => {
      const account = credentials && (await this.accounts.lockVerified(tx, credentials));
      if (!account) throw new CodedError('IDENTITY_REJECTED', { reason: 'the password has changed' });
      const identity = await this.identities.insert(tx, accountId, verified);
      await this.events.insert(tx, { kind: 'identityLinked', accountId });
      await this.mails.add(tx, account, 'identityAddition', '/account');
      return identity;
    });
  }
}
