import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { createRandomToken } from '../random-token.js';
import { BrowserSecret } from './browser-secret.js';
import type { ProviderResponse, VerifiedIdentity } from './identity.js';
import { ProviderAuthorizationRepository } from './provider-authorization.repository.js';
import { SignInProviders } from './sign-in-providers.js';

export interface StartedSignIn {
  /** The URL at which the user signs in. */
  readonly url: string;
  /** The value of a cookie for the browser. */
  readonly browserSecret: string;
}

/** Starts and finishes a sign-in at a provider, with which a user signs in to an account or links an identity. */
@Injectable()
export class ProviderSignIns {
  constructor(
    private readonly providers: SignInProviders,
    private readonly authorizations: ProviderAuthorizationRepository,
  ) {}

  /**
   * @param accountId the account to which the identity is added. Undefined for a sign-in
   * @throws CodedError SIGN_IN_PROVIDER_NOT_FOUND, SIGN_IN_PROVIDER_UNAVAILABLE
   */
  async start(providerId: string, accountId?: string): Promise<StartedSignIn> {
    const provider = this.providers.get(providerId);
    const state = createRandomToken();
    const secret = BrowserSecret.create();
    const url = await provider.createAuthorizationUrl(state, secret);
    await this.authorizations.insert({ state, secret, providerId, accountId });
    return { url, browserSecret: secret.value };
  }

  /**
   * @param accountId as for `start`
   * @throws CodedError IDENTITY_REJECTED, SIGN_IN_PROVIDER_UNAVAILABLE; SIGN_IN_PROVIDER_NOT_FOUND if the settings no
   *   longer contain the provider
   */
  async finish(response: ProviderResponse, accountId?: string): Promise<VerifiedIdentity> {
    const secret = new BrowserSecret(response.browserSecret);
    const providerId = await this.authorizations.redeem({ state: response.state, secret, accountId });
    if (providerId === undefined) throw new CodedError('IDENTITY_REJECTED', { reason: 'invalid state' });
    return this.providers.get(providerId).verify(response, secret);
  }
}
