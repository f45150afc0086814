import { Injectable } from '@nestjs/common';
import { ACCESS_TOKEN } from '@viernes/contracts';
import type { CallerRole } from '@viernes/platform';
import { SignJWT } from 'jose';
import { SigningKeys } from '../signing-key/signing-keys.js';

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

@Injectable()
export class AccessTokenIssuer {
  constructor(private readonly signingKeys: SigningKeys) {}

  /** Issues a JWT (RFC 7519, EdDSA of RFC 8037). `sub` is the account, `sid` the session. */
  async issue(accountId: string, sessionId: string, role: CallerRole): Promise<AccessToken> {
    const { kid, privateKey } = await this.signingKeys.getCurrent();
    const issuedAtSeconds = Math.floor(Date.now() / 1_000);
    const expiresAtSeconds = issuedAtSeconds + ACCESS_TOKEN.ttlSeconds;
    const token = await new SignJWT({ sid: sessionId, role })
      .setProtectedHeader({ alg: ACCESS_TOKEN.algorithm, kid, typ: 'JWT' })
      .setSubject(accountId)
      .setIssuer(ACCESS_TOKEN.issuer)
      .setAudience(ACCESS_TOKEN.audience)
      .setIssuedAt(issuedAtSeconds)
      .setExpirationTime(expiresAtSeconds)
      .sign(privateKey);
    return { token, expiresAt: new Date(expiresAtSeconds * 1_000) };
  }
}
