import { isIP } from 'node:net';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { decodeClientDataJSON } from '@simplewebauthn/server/helpers';
import { CodedError } from '@viernes/contracts';
import type { Account } from '../account/account.js';
import {
  CHALLENGE_TTL_MINUTES,
  toUserHandle,
  type Passkey,
  type VerifiedPasskey,
  type VerifiedUse,
} from './passkey.js';
import type { RegistrationCredential, SignInCredential } from './passkey.requests.js';

const NAME = 'Viernes';
const TIMEOUT_MS = CHALLENGE_TTL_MINUTES * 60_000;

/**
 * The web app as a relying party of WebAuthn. All failures of a verification are PASSKEY_REJECTED, so that a client
 * cannot determine which check has failed. The reason is logged.
 *
 * @see https://www.w3.org/TR/webauthn-3/ section 7
 */
export class RelyingParty {
  /** A domain. Passkeys are valid only for it. */
  readonly id: string;
  readonly origin: string;

  /**
   * @param webUrl URL of the web app. WebAuthn requires a domain, so a loopback IP address becomes `localhost`. With
   *   any other IP address, no browser can create a passkey
   */
  constructor(webUrl: string) {
    const url = new URL(webUrl);
    if (isLoopback(url.hostname)) url.hostname = 'localhost';
    this.id = url.hostname;
    this.origin = url.origin;
  }

  /** @param passkeys the passkeys of the account. An authenticator that has one of them creates no other one */
  async createRegistrationOptions(
    { id, email }: Account,
    passkeys: readonly Passkey[],
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    return generateRegistrationOptions({
      rpName: NAME,
      rpID: this.id,
      userID: toUserHandle(id),
      userName: email,
      userDisplayName: email,
      timeout: TIMEOUT_MS,
      attestationType: 'none',
      excludeCredentials: passkeys.map(({ credentialId, transports }) => ({
        id: credentialId.toString('base64url'),
        transports,
      })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  }

  /** Lists no passkeys, so that users select one in the browser without entering an email. */
  async createSignInOptions(): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return generateAuthenticationOptions({ rpID: this.id, timeout: TIMEOUT_MS, userVerification: 'required' });
  }

  /** Returns the challenge that a credential claims to have signed. @throws CodedError PASSKEY_REJECTED */
  async readChallenge({ response }: RegistrationCredential | SignInCredential): Promise<string> {
    const { challenge } = await verify(() => decodeClientDataJSON(response.clientDataJSON));
    if (typeof challenge !== 'string') throw rejected('no challenge');
    return challenge;
  }

  /** @throws CodedError PASSKEY_REJECTED */
  async verifyRegistration({ id, response }: RegistrationCredential, challenge: string): Promise<VerifiedPasskey> {
    const { verified, registrationInfo } = await verify(() =>
      verifyRegistrationResponse({
        response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response },
        ...this.toExpectations(challenge),
      }),
    );
    if (!verified) throw rejected('wrong attestation');
    const { credential, credentialBackedUp } = registrationInfo;
    return {
      credentialId: Buffer.from(credential.id, 'base64url'),
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: response.transports,
      isBackedUp: credentialBackedUp,
    };
  }

  /** Does not compare the counter with that of the passkey. @throws CodedError PASSKEY_REJECTED */
  async verifySignIn(
    { id, response }: SignInCredential,
    challenge: string,
    { accountId, publicKey }: Passkey,
  ): Promise<VerifiedUse> {
    const userHandle = Buffer.from(toUserHandle(accountId)).toString('base64url');
    if (response.userHandle !== userHandle) throw rejected('wrong user handle');
    const { verified, authenticationInfo } = await verify(() =>
      verifyAuthenticationResponse({
        response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response },
        ...this.toExpectations(challenge),
        // 0 disables the check of the counter, which precedes that of the signature: any client could make it fail.
        credential: { id, publicKey: new Uint8Array(publicKey), counter: 0 },
      }),
    );
    if (!verified) throw rejected('wrong signature');
    return { counter: authenticationInfo.newCounter, isBackedUp: authenticationInfo.credentialBackedUp };
  }

  private toExpectations(challenge: string) {
    return {
      expectedChallenge: challenge,
      expectedOrigin: this.origin,
      expectedRPID: this.id,
      requireUserVerification: true,
    };
  }
}

async function verify<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw rejected(error instanceof Error ? error.message : 'unreadable');
  }
}

function rejected(reason: string): CodedError {
  return new CodedError('PASSKEY_REJECTED', { reason });
}

function isLoopback(hostname: string): boolean {
  return hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
}
