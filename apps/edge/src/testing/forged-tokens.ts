import { randomUUID } from 'node:crypto';
import { ACCESS_TOKEN } from '@viernes/contracts';
import { SignJWT, UnsecuredJWT } from 'jose';
import type { TokenIssuer } from './token-issuer.js';

/** Returns tokens that the edge must reject, by the reason. Their claims contain the role of an admin. */
export async function forgeTokens(issuer: TokenIssuer): Promise<Readonly<Record<string, string>>> {
  const admin = { role: 'admin' } as const;
  const claims = {
    sub: randomUUID(),
    sid: randomUUID(),
    ...admin,
    iss: ACCESS_TOKEN.issuer,
    aud: ACCESS_TOKEN.audience,
  };
  const [header, , signature] = (await issuer.sign()).split('.');
  const [, payload] = (await issuer.sign(admin)).split('.');
  const { keys } = JSON.parse(issuer.jwksJson) as { keys: { x: string }[] };
  const signWithHmac = (key: Buffer): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: issuer.keyId })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(key);
  return {
    'not a JWT': 'no.such.token',
    'expired token': await issuer.sign({ ...admin, lifeSeconds: -60 }),
    'wrong issuer': await issuer.sign({ ...admin, issuer: 'other' }),
    'wrong audience': await issuer.sign({ ...admin, audience: 'viernes-video' }),
    'signature of another token': `${header}.${payload}.${signature}`,
    'alg none': new UnsecuredJWT(claims).setIssuedAt().setExpirationTime('5m').encode(),
    'HS256 with the public key set': await signWithHmac(Buffer.from(issuer.jwksJson)),
    'HS256 with the public key': await signWithHmac(Buffer.from(keys[0]?.x ?? '', 'base64url')),
  };
}
