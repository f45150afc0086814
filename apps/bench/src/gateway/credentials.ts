import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { ACCESS_TOKEN } from '@viernes/contracts';

const HOUR_SECONDS = 3_600;

/** Returns an access token like those of the user service, and the key set that verifies it. */
export function createAccessToken(): { readonly jwksJson: string; readonly token: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const kid = randomUUID();
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: ACCESS_TOKEN.algorithm, use: 'sig' };
  const issuedAt = Math.floor(Date.now() / 1_000);
  const claims = {
    sub: randomUUID(),
    sid: randomUUID(),
    role: 'viewer',
    iss: ACCESS_TOKEN.issuer,
    aud: ACCESS_TOKEN.audience,
    iat: issuedAt,
    exp: issuedAt + HOUR_SECONDS,
  };
  const content = [{ alg: ACCESS_TOKEN.algorithm, kid, typ: 'JWT' }, claims].map(encode).join('.');
  const signature = sign(null, Buffer.from(content), privateKey).toString('base64url');
  return { jwksJson: JSON.stringify({ keys: [jwk] }), token: `${content}.${signature}` };
}

/** Returns random secrets in the format of API keys. */
export function createApiKeys(count: number): readonly string[] {
  return Array.from(
    { length: count },
    () => `vrn_${randomBytes(4).toString('hex')}_${randomBytes(32).toString('base64url')}`,
  );
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
