import { createHmac } from 'node:crypto';
import { createRandomToken } from '../random-token.js';

/**
 * The secret in the cookie of the browser that starts a sign-in. The nonce and the code verifier (PKCE) are derived from it,
 * so that the database contains neither, and no other browser can finish the sign-in.
 */
export class BrowserSecret {
  constructor(readonly value: string) {}

  static create(): BrowserSecret {
    return new BrowserSecret(createRandomToken());
  }

  /** Sent with the request and contained in the ID token, so that the token cannot be used in another sign-in. */
  get nonce(): string {
    return this.derive('nonce');
  }

  /** The provider exchanges a code only with its verifier (RFC 7636). */
  get codeVerifier(): string {
    return this.derive('code verifier');
  }

  private derive(purpose: string): string {
    return createHmac('sha256', this.value).update(purpose).digest('base64url');
  }
}
