import type { AuthenticatorTransport } from '@simplewebauthn/server';

/** Passkeys per account: one for each device or password manager of a household. */
export const MAX_PASSKEYS = 10;

/** How long a user has to confirm with the authenticator. */
export const CHALLENGE_TTL_MINUTES = 5;

export type Transport = AuthenticatorTransport;

/** The transports of WebAuthn. Browsers can send further ones, which are not stored. */
export const TRANSPORTS: readonly Transport[] = ['ble', 'hybrid', 'internal', 'nfc', 'usb'];

/** A credential of WebAuthn that signs in without a password. */
export interface Passkey {
  readonly id: string;
  readonly accountId: string;
  readonly credentialId: Buffer;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: Transport[];
  readonly isBackedUp: boolean;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** The statements of an authenticator about a new passkey. */
export type VerifiedPasskey = Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'isBackedUp'>;

/** The statements of an authenticator in a sign-in. */
export type VerifiedUse = Pick<Passkey, 'counter' | 'isBackedUp'>;

/** Identifies the account for authenticators, without personal data: the bytes of its ID, which is random. */
export function toUserHandle(accountId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(accountId.replaceAll('-', ''), 'hex'));
}
