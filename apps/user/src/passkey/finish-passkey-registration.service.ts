import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { MailQueue } from '../mail/mail-queue.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { PasskeyChallengeRepository } from './passkey-challenge.repository.js';
import { MAX_PASSKEYS, type Passkey } from './passkey.js';
import { PasskeyRepository } from './passkey.repository.js';
import type { FinishPasskeyRegistrationRequest } from './passkey.requests.js';
import { RelyingParty } from './relying-party.js';

@Injectable()
export class FinishPasskeyRegistration {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly passkeys: PasskeyRepository,
    private readonly challenges: PasskeyChallengeRepository,
    private readonly relyingParty: RelyingParty,
    private readonly mails: MailQueue,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Adds a passkey to the account whose owner has started the registration.
   *
   * @throws CodedError PASSKEY_REJECTED, also if an account has the passkey already; PASSKEY_LIMIT_REACHED
   */
  async run(
    accountId: string,
    { name, credentialJson: credential }: FinishPasskeyRegistrationRequest,
  ): Promise<Passkey> {
    const challenge = await this.relyingParty.readChallenge(credential);
    const isValid = await this.challenges.redeem(challenge, accountId);
    if (!isValid) throw new CodedError('PASSKEY_REJECTED', { reason: 'invalid challenge' });
    const verified = await this.relyingParty.verifyRegistration(credential, challenge);
    return this.transactions.run(async (tx) => {
      // Locks the account, so that concurrent registrations cannot exceed the limit.
      const [account] = await this.accounts.lockAll(tx, [accountId]);
      if (!account) throw new CodedError('UNAUTHENTICATED', { reason: 'no account' });
      const existing = await this.passkeys.list(accountId, tx);
      if (existing.length >= MAX_PASSKEYS) throw new CodedError('PASSKEY_LIMIT_REACHED');
      const passkey = await this.passkeys.insert(tx, { id: randomUUID(), accountId, name, ...verified });
      if (!passkey) throw new CodedError('PASSKEY_REJECTED', { reason: 'credential exists' });
      await this.events.insert(tx, { kind: 'passkeyAdded', accountId });
      await this.mails.add(tx, account, 'passkeyAddition', '/account');
      return passkey;
    });
  }
}
