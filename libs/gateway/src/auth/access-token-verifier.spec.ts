import { ACCESS_TOKEN } from '@viernes/contracts';
import { createLogger } from '@viernes/platform';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { AccessTokenVerifier } from './access-token-verifier.js';
import { JwksCache } from './jwks-cache.js';

describe('AccessTokenVerifier', () => {
  const LIFE_SECONDS = 8;
  let privateKey: CryptoKey;
  let verifier: AccessTokenVerifier;
  let verifications: number;

  const sign = (sessionId = 'session', audience: string = ACCESS_TOKEN.audience): Promise<string> =>
    new SignJWT({ sid: sessionId, role: 'viewer' })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'key' })
      .setSubject('account')
      .setIssuer(ACCESS_TOKEN.issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${LIFE_SECONDS}s`)
      .sign(privateKey);

  beforeEach(async () => {
    const keys = await generateKeyPair('EdDSA');
    privateKey = keys.privateKey;
    const jwksJson = JSON.stringify({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'key', alg: 'EdDSA' }] });
    const cache = new JwksCache(() => Promise.resolve(jwksJson), createLogger('test', 'fatal'));
    verifications = 0;
    const getKey: JwksCache['getKey'] = (header, token) => {
      verifications += 1;
      return cache.getKey(header, token);
    };
    verifier = new AccessTokenVerifier({ getKey });
  });
  afterEach(() => vi.useRealTimers());

  it('verifies the signature of a token once for several requests', async () => {
    const token = await sign();
    const caller = await verifier.verify(token);
    expect(caller).toMatchObject({ accountId: 'account', sessionId: 'session', tokenLifeSeconds: LIFE_SECONDS });
    expect(await verifier.verify(token)).toEqual(caller);
    expect(verifications).toBe(1);
    await verifier.verify(await sign('another session'));
    expect(verifications).toBe(2);
  });

  it('rejects a cached token after its expiry', async () => {
    const token = await sign();
    await verifier.verify(token);
    const rejected = { code: 'UNAUTHENTICATED' };
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + (LIFE_SECONDS + 6) * 1_000 });
    await expect(verifier.verify(token)).rejects.toMatchObject(rejected);
  });

  it('rejects an invalid token each time, with a field error that distinguishes it from a missing one', async () => {
    const token = await sign('session', 'another audience');
    const changed = `${(await sign()).slice(0, -4)}AAAA`;
    const fieldErrors = [{ path: 'accessToken', reason: 'invalidOrExpired' }];
    for (const invalid of [token, token, changed, changed]) {
      await expect(verifier.verify(invalid)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', fieldErrors });
    }
  });
});
