import { Logger } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { textLine } from '@viernes/platform';
import * as openid from 'openid-client';
import { z } from 'zod';
import { email } from '../account/account.requests.js';
import type { BrowserSecret } from './browser-secret.js';
import type { ProviderSettings } from './identity.config.js';
import type { ProviderResponse, VerifiedIdentity } from './identity.js';

/** Timeout of each request to the provider. A sign-in sends up to four: metadata, keys, tokens, user information. */
const TIMEOUT_SECONDS = 3;

/** After this time, the metadata of a provider is read again. Its keys are also read again for a token with an unknown key. */
const METADATA_TTL_MS = 3_600_000;

/** The claims in the ID token, or in the response of the UserInfo endpoint. */
const userClaims = z.object({
  email: email.optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
  given_name: textLine(1, 50).optional().catch(undefined),
  name: textLine(1, 50).optional().catch(undefined),
});

/**
 * An OpenID provider. The library verifies each response: the state, the issuer, the signature of the ID token by the keys of
 * the provider, its issuer, audience, nonce and times. All failures of a verification are IDENTITY_REJECTED, so that a client
 * cannot determine which check has failed. The reason is logged.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html sections 3.1.2.7 and 3.1.3.7
 */
export class SignInProvider {
  private readonly logger = new Logger(SignInProvider.name);
  private configuration: { readonly value: Promise<openid.Configuration>; readonly expiresAt: number } | undefined;

  /** @param redirectUri page of the web app to which the provider redirects. It must be registered at the provider */
  constructor(
    readonly settings: ProviderSettings,
    private readonly redirectUri: string,
  ) {}

  /** Returns the URL at which the user signs in. @throws CodedError SIGN_IN_PROVIDER_UNAVAILABLE */
  async createAuthorizationUrl(state: string, secret: BrowserSecret): Promise<string> {
    const url = openid.buildAuthorizationUrl(await this.getConfiguration(), {
      redirect_uri: this.redirectUri,
      scope: 'openid email profile',
      state,
      nonce: secret.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(secret.codeVerifier),
      code_challenge_method: 'S256',
    });
    return url.href;
  }

  /**
   * Exchanges the code of a response for tokens and verifies them. The caller has redeemed the state.
   *
   * @throws CodedError IDENTITY_REJECTED, SIGN_IN_PROVIDER_UNAVAILABLE
   */
  async verify({ state, code, issuer }: ProviderResponse, secret: BrowserSecret): Promise<VerifiedIdentity> {
    const configuration = await this.getConfiguration();
    const url = new URL(this.redirectUri);
    url.search = new URLSearchParams({ state, code, ...(issuer !== '' && { iss: issuer }) }).toString();
    try {
      const tokens = await openid.authorizationCodeGrant(configuration, url, {
        expectedState: state,
        expectedNonce: secret.nonce,
        pkceCodeVerifier: secret.codeVerifier,
        idTokenExpected: true,
      });
      const idToken = tokens.claims();
      if (!idToken) throw new Error('no ID token');
      const claims =
        idToken['email'] === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined
          ? { ...idToken, ...(await openid.fetchUserInfo(configuration, tokens.access_token, idToken.sub)) }
          : idToken;
      const user = userClaims.parse(claims);
      return {
        issuer: idToken.iss,
        subject: idToken.sub,
        verifiedEmail: user.email_verified === true ? user.email : undefined,
        name: user.given_name ?? user.name,
      };
    } catch (error) {
      throw this.toCodedError(error);
    }
  }

  /** Returns the metadata of the provider. Concurrent calls share one request. Failures are not cached. */
  private async getConfiguration(): Promise<openid.Configuration> {
    if (!this.configuration || this.configuration.expiresAt <= Date.now()) {
      const value = this.discover();
      const started = { value, expiresAt: Date.now() + METADATA_TTL_MS };
      this.configuration = started;
      value.catch(() => {
        if (this.configuration === started) this.configuration = undefined;
      });
    }
    return this.configuration.value;
  }

  private async discover(): Promise<openid.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    // Without non-repudiation checks, the library trusts the TLS connection instead of verifying signatures.
    const execute = [openid.enableNonRepudiationChecks];
    if (issuer.startsWith('http:')) execute.push(openid.allowInsecureRequests);
    const options = { execute, timeout: TIMEOUT_SECONDS, [openid.customFetch]: fetchAvailable };
    try {
      return await openid.discovery(new URL(issuer), clientId, clientSecret, undefined, options);
    } catch (error) {
      this.logger.warn({ err: error, provider: this.settings.id }, 'metadata of a sign-in provider not available');
      throw new CodedError('SIGN_IN_PROVIDER_UNAVAILABLE', { reason: 'no metadata' });
    }
  }

  private toCodedError(error: unknown): CodedError {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof CodedError) return cause;
    this.logger.warn({ err: error, provider: this.settings.id }, 'response of a sign-in provider rejected');
    return new CodedError('IDENTITY_REJECTED', { reason: error instanceof Error ? error.message : 'unreadable' });
  }
}

/** Distinguishes a provider that does not respond from one whose response is not valid. */
const fetchAvailable: openid.CustomFetch = async (url, options) => {
  // `fetch` accepts each body that the library sends. The types of the library are those of another version of `fetch`.
  const response = await fetch(url, options as RequestInit).catch(() => undefined);
  if (response && response.status < 500 && response.status !== 429) return response;
  throw new CodedError('SIGN_IN_PROVIDER_UNAVAILABLE', { reason: response?.status ?? 'no response' });
};
