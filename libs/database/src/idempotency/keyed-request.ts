import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A request with an idempotency key. All stored values are derived from or encrypted with the key, which is not stored:
 * a copy of the table reveals neither passwords of requests nor tokens of responses.
 */
export class KeyedRequest {
  readonly id: Buffer;
  /** Equal for equal requests to the same method. */
  readonly fingerprint: Buffer;
  private readonly encryptionKey: Buffer;

  /**
   * @param key belongs to one caller
   * @param path the full name of the gRPC method
   */
  constructor(key: string, path: string, request: Uint8Array) {
    this.id = derive(key, 'id');
    this.encryptionKey = derive(key, 'response');
    this.fingerprint = createHmac('sha256', derive(key, 'fingerprint')).update(`${path}\n`).update(request).digest();
  }

  /** Encrypts a response. */
  seal(response: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.encryptionKey, nonce);
    return Buffer.concat([nonce, cipher.update(response), cipher.final(), cipher.getAuthTag()]);
  }

  /** Decrypts a response. @throws Error if it was changed */
  open(sealed: Buffer): Buffer {
    const decipher = createDecipheriv(CIPHER, this.encryptionKey, sealed.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  }
}

function derive(key: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `viernes idempotency ${purpose}`, KEY_BYTES));
}
