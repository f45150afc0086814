import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AccountRepository } from '../account/account.repository.js';
import { CheckPassword } from '../account/check-password.service.js';
import type { StartIdentityLinkRequest } from './identity.requests.js';
import { ProviderSignIns, type StartedSignIn } from './provider-sign-ins.js';

@Injectable()
export class StartIdentityLink {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly accounts: AccountRepository,
    private readonly signIns: ProviderSignIns,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Requests a sign-in at a provider after the owner has entered the password. Requires a verified email. Otherwise, a user
   * that has signed up with the email of another user could still sign in after that user has reset the password.
   *
   * @throws CodedError PASSWORD_WRONG, EMAIL_UNVERIFIED, SIGN_IN_PROVIDER_NOT_FOUND, SIGN_IN_PROVIDER_UNAVAILABLE,
   *   OVERLOADED
   */
  async run(accountId: string, { providerId, password }: StartIdentityLinkRequest): Promise<StartedSignIn> {
    const credentials = await this.checkPassword.confirm(accountId, password);
    if (credentials.account.emailVerifiedAt === null) throw new CodedError('EMAIL_UNVERIFIED');
    const started = await this.signIns.start(providerId, accountId);
    // A change of the password during the request to the provider could not delete the state, which did not exist yet.
    const account = await this.transactions.run((tx) => this.accounts.lockVerified(tx, credentials));
    if (!account) throw new CodedError('PASSWORD_WRONG');
    return started;
  }
}
