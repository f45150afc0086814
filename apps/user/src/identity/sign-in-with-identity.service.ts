import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions, type Transaction } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { CreateAccount } from '../account/create-account.service.js';
import { SessionOpener, type OpenedSession } from '../session/session-opener.js';
import type { Identity, VerifiedIdentity } from './identity.js';
import { IdentityRepository } from './identity.repository.js';
import type { FinishProviderSignInRequest } from './identity.requests.js';
import { ProviderSignIns } from './provider-sign-ins.js';

@Injectable()
export class SignInWithIdentity {
  constructor(
    private readonly signIns: ProviderSignIns,
    private readonly accounts: AccountRepository,
    private readonly createAccount: CreateAccount,
    private readonly identities: IdentityRepository,
    private readonly opener: SessionOpener,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Creates a session for the account of an identity, also while wrong passwords lock the account, as with a passkey.
   * Creates an account for an identity that has none, and never links the identity with an existing account (decision 47).
   *
   * @throws CodedError IDENTITY_REJECTED, IDENTITY_EMAIL_UNVERIFIED, IDENTITY_NOT_LINKED,
   *   SIGN_IN_PROVIDER_NOT_FOUND, SIGN_IN_PROVIDER_UNAVAILABLE
   */
  async run({ response, language }: FinishProviderSignInRequest): Promise<OpenedSession> {
    const verified = await this.signIns.finish(response);
    return this.transactions.run(async (tx) => {
      const identity = await this.findOrCreate(tx, verified, language);
      const [account] = await this.accounts.lockAll(tx, [identity.accountId]);
      if (!account) throw new CodedError('IDENTITY_REJECTED', { reason: 'no account' });
      const isLinked = await this.identities.recordUse(tx, identity.id, verified);
      if (!isLinked) throw new CodedError('IDENTITY_REJECTED', { reason: 'removed' });
      return this.opener.open(tx, account, 'signedInWithIdentity');
    });
  }

  private async findOrCreate(
    tx: Transaction,
    identity: VerifiedIdentity,
    language: FinishProviderSignInRequest['language'],
  ): Promise<Identity> {
    const existing = await this.identities.find(tx, identity);
    if (existing) return existing;
    const { verifiedEmail: email, name } = identity;
    // Rejected before accounts are read, so that only the owner of an email can determine whether it has an account.
    if (email === undefined) throw new CodedError('IDENTITY_EMAIL_UNVERIFIED');
    const profileName = name ?? email.slice(0, Math.min(email.indexOf('@'), 50));
    const account = await this.createAccount.runVerified(tx, { email, profileName, language });
    if (account) return this.identities.insert(tx, account.id, identity);
    // A concurrent sign-in can have created the account.
    const created = await this.identities.find(tx, identity);
    if (!created) throw new CodedError('IDENTITY_NOT_LINKED');
    return created;
  }
}
