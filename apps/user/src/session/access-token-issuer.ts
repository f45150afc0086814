import { Injectable } from '@nestjs/common';
import { ACCESS_TOKEN } from '@viernes/contracts';
import { SignJWT } from 'jose';
import type { Account } from '../account/account.js';
import type { Profile } from '../profile/profile.js';
import { SigningKeys } from '../signing-key/signing-keys.js';
import { toSessionRole } from './session-role.js';

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

@Injectable()
export class AccessTokenIssuer {
  constructor(private readonly signingKeys: SigningKeys) {}

  /**
   * Issues a JWT (RFC 7519, EdDSA of RFC 8037). `sub` is the account, `sid` the session, `pid` the selected profile,
   * `age` its maximum age, and `plan` that of the account.
   */
  async issue(
    sessionId: string,
    account: Pick<Account, 'id' | 'role' | 'plan'>,
    profile?: Profile,
  ): Promise<AccessToken> {
    const { kid, privateKey } = await this.signingKeys.getCurrent();
    const issuedAtSeconds = Math.floor(Date.now() / 1_000);
    const expiresAtSeconds = issuedAtSeconds + ACCESS_TOKEN.ttlSeconds;
    const role = toSessionRole(account, profile);
    const token = await new SignJWT({
      sid: sessionId,
      role,
      pid: profile?.id,
      age: profile?.maximumAge,
      plan: account.plan,
    })
      .setProtectedHeader({ alg: ACCESS_TOKEN.algorithm, kid, typ: 'JWT' })
      .setSubject(account.id)
      .setIssuer(ACCESS_TOKEN.issuer)
      .setAudience(ACCESS_TOKEN.audience)
      .setIssuedAt(issuedAtSeconds)
      .setExpirationTime(expiresAtSeconds)
      .sign(privateKey);
    return { token, expiresAt: new Date(expiresAtSeconds * 1_000) };
  }
}
