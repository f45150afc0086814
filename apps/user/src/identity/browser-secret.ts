import { createHmac, randomBytes } from 'node:crypto';

/**
 * The secret in the cookie of the browser that starts a sign-in. The nonce and the code verifier (PKCE) are derived from it,
 * so that the database contains neither, and no other browser can finish the sign-in.
 */
export class BrowserSecret {
  constructor(readonly value: string) {}

  static create(): BrowserSecret {
    return new BrowserSecret(randomToken());
  }

  /** The ID token contains it, so that it cannot be used in another sign-in. */
  get nonce(): string {
    return this.derive('nonce');
  }

  /** Without it, the provider exchanges no code (RFC 7636). */
  get codeVerifier(): string {
    return this.derive('code verifier');
  }

  private derive(purpose: string): string {
    return createHmac('sha256', this.value).update(purpose).digest('base64url');
  }
}

/** 256 random bits. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}
