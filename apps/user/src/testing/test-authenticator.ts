import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { userV1 } from '@viernes/contracts';
import { PASSWORD, type TestAccount, type TestUser } from './test-user.js';

/** Flags of authenticator data. */
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const BACKUP_ELIGIBLE = 0x08;
const BACKED_UP = 0x10;
const WITH_CREDENTIAL = 0x40;

export interface AuthenticatorOptions {
  /** The page that calls WebAuthn. */
  readonly origin?: string;
  /** The RP ID that is signed. Default: that of the options. */
  readonly rpId?: string;
  readonly isUserVerified?: boolean;
  readonly isBackedUp?: boolean;
}

const DEFAULTS = { origin: 'http://localhost:8400', isUserVerified: true, isBackedUp: false };

interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id: string };
  readonly user: { readonly id: string };
}

interface RequestOptions {
  readonly challenge: string;
  readonly rpId: string;
}

/**
 * A software authenticator with one discoverable credential (ES256, attestation `none`), and the browser that calls it.
 *
 * @see https://www.w3.org/TR/webauthn-3/ sections 5.8.1 (client data), 6.1 (authenticator data) and 6.5.4 (attestation)
 */
export class TestAuthenticator {
  readonly credentialId = randomBytes(32);
  /** The number of signatures. Authenticators that synchronize passkeys have none, and state 0. */
  counter = 0;
  userHandle = '';
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;

  constructor() {
    ({ privateKey: this.privateKey, publicKey: this.publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  }

  /** Creates the credential. @returns RegistrationResponseJSON */
  create(optionsJson: string, options: AuthenticatorOptions = {}) {
    const { challenge, rp, user } = JSON.parse(optionsJson) as CreationOptions;
    const { origin, rpId = rp.id, ...flags } = { ...DEFAULTS, ...options };
    this.userHandle = user.id;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    const aaguid = Buffer.alloc(16);
    const credential = Buffer.concat([aaguid, length, this.credentialId, this.encodePublicKey()]);
    const authData = Buffer.concat([this.authenticatorData(rpId, flags, WITH_CREDENTIAL), credential]);
    const attestation = encodeMap([
      [encodeText('fmt'), encodeText('none')],
      [encodeText('attStmt'), encodeMap([])],
      [encodeText('authData'), encodeBytes(authData)],
    ]);
    return this.respond({
      clientDataJSON: toClientData('webauthn.create', challenge, origin),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal', 'a-future-transport'],
    });
  }

  /** Signs a challenge, and increments the counter unless it is 0. @returns AuthenticationResponseJSON */
  sign(optionsJson: string, options: AuthenticatorOptions = {}) {
    const request = JSON.parse(optionsJson) as RequestOptions;
    const { origin, rpId = request.rpId, ...flags } = { ...DEFAULTS, ...options };
    if (this.counter > 0) this.counter += 1;
    const authData = this.authenticatorData(rpId, flags);
    const clientDataJSON = toClientData('webauthn.get', request.challenge, origin);
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
    return this.respond({
      clientDataJSON,
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, this.privateKey).toString('base64url'),
      userHandle: this.userHandle,
    });
  }

  private respond<Response>(response: Response) {
    const id = this.credentialId.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  private authenticatorData(
    rpId: string,
    { isUserVerified, isBackedUp }: Required<Pick<AuthenticatorOptions, 'isUserVerified' | 'isBackedUp'>>,
    further = 0,
  ): Buffer {
    const verified = isUserVerified ? USER_VERIFIED : 0;
    const backup = isBackedUp ? BACKUP_ELIGIBLE | BACKED_UP : 0;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(rpId), Buffer.of(USER_PRESENT | verified | backup | further), counter]);
  }

  /** A COSE key: key type 2 (EC2), algorithm -7 (ES256), curve 1 (P-256), coordinates. */
  private encodePublicKey(): Buffer {
    const { x = '', y = '' } = this.publicKey.export({ format: 'jwk' });
    return encodeMap([
      [encodeInteger(1), encodeInteger(2)],
      [encodeInteger(3), encodeInteger(-7)],
      [encodeInteger(-1), encodeInteger(1)],
      [encodeInteger(-2), encodeBytes(Buffer.from(x, 'base64url'))],
      [encodeInteger(-3), encodeBytes(Buffer.from(y, 'base64url'))],
    ]);
  }
}

/** Adds a new passkey to an account. */
export async function addPasskey(
  { client }: TestUser,
  account: TestAccount,
  authenticator = new TestAuthenticator(),
  name = 'Laptop',
): Promise<userV1.Passkey> {
  return account.run(async () => {
    const { optionsJson } = await client.startPasskeyRegistration({ password: PASSWORD });
    const credentialJson = JSON.stringify(authenticator.create(optionsJson));
    const { passkey } = await client.finishPasskeyRegistration({ name, credentialJson });
    if (!passkey) throw new Error('the response contains no passkey');
    return passkey;
  });
}

function toClientData(type: 'webauthn.create' | 'webauthn.get', challenge: string, origin: string): string {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url');
}

function sha256(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}

/** The head of a CBOR item (RFC 8949, section 3), for arguments below 65,536. */
function head(majorType: number, argument: number): Buffer {
  const type = majorType << 5;
  if (argument < 24) return Buffer.of(type | argument);
  return argument < 256 ? Buffer.of(type | 24, argument) : Buffer.of(type | 25, argument >> 8, argument & 0xff);
}

const encodeInteger = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value));
const encodeBytes = (bytes: Buffer): Buffer => Buffer.concat([head(2, bytes.length), bytes]);
const encodeText = (text: string): Buffer => Buffer.concat([head(3, text.length), Buffer.from(text)]);
const encodeMap = (entries: readonly (readonly [Buffer, Buffer])[]): Buffer =>
  Buffer.concat([head(5, entries.length), ...entries.flat()]);
