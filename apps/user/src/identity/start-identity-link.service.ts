import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { CheckPassword } from '../account/check-password.service.js';
import type { StartIdentityLinkRequest } from './identity.requests.js';
import { ProviderSignIns, type StartedSignIn } from './provider-sign-ins.js';

@Injectable()
export class StartIdentityLink {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly signIns: ProviderSignIns,
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
    return this.signIns.start(providerId, accountId);
  }
}
