import { randomUUID } from 'node:crypto';
import { ACCESS_TOKEN } from '@viernes/contracts';
import type { CallerRole } from '@viernes/platform';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

export interface TokenChanges {
  readonly accountId?: string;
  readonly sessionId?: string;
  readonly role?: CallerRole;
  readonly profileId?: string;
  readonly maximumAge?: number;
  readonly plan?: string;
  readonly issuer?: string;
  readonly audience?: string;
  readonly lifeSeconds?: number;
}

/** Signs access tokens like the user service. */
export class TokenIssuer {
  private constructor(
    readonly keyId: string,
    private readonly privateKey: CryptoKey,
    private readonly publicJwk: JWK,
  ) {}

  static async create(): Promise<TokenIssuer> {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA');
    const keyId = randomUUID();
    return new TokenIssuer(keyId, privateKey, { ...(await exportJWK(publicKey)), kid: keyId, alg: 'EdDSA' });
  }

  get jwksJson(): string {
    return JSON.stringify({ keys: [this.publicJwk] });
  }

  sign(changes: TokenChanges = {}): Promise<string> {
    const issuedAt = Math.floor(Date.now() / 1_000);
    const { sessionId = randomUUID(), role = 'viewer', profileId: pid, maximumAge: age, plan } = changes;
    return new SignJWT({ sid: sessionId, role, pid, age, plan })
      .setProtectedHeader({ alg: 'EdDSA', kid: this.keyId, typ: 'JWT' })
      .setSubject(changes.accountId ?? randomUUID())
      .setIssuer(changes.issuer ?? ACCESS_TOKEN.issuer)
      .setAudience(changes.audience ?? ACCESS_TOKEN.audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + (changes.lifeSeconds ?? 600))
      .sign(this.privateKey);
  }
}
