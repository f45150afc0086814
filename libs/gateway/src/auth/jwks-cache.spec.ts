import { createLogger } from '@viernes/platform';
import { errors, exportJWK, generateKeyPair, jwtVerify, SignJWT, type CryptoKey, type JWK } from 'jose';
import { JwksCache } from './jwks-cache.js';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

async function createKey(kid: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA' } };
}

function sign({ kid, privateKey }: SigningKey): Promise<string> {
  return new SignJWT({}).setProtectedHeader({ alg: 'EdDSA', kid }).sign(privateKey);
}

describe('JwksCache', () => {
  const logger = createLogger('test', 'fatal');
  const times = { coolDownMs: 10_000, retryMs: 1_000, freshMs: 300_000 };
  let first: SigningKey;
  let second: SigningKey;
  let published: SigningKey[];
  let fetches: number;
  let isAvailable: boolean;
  let nowMs: number;
  let keys: JwksCache;

  beforeAll(async () => {
    [first, second] = await Promise.all([createKey('first'), createKey('second')]);
  });
  beforeEach(() => {
    published = [first];
    fetches = 0;
    isAvailable = true;
    nowMs = 1_000_000;
    keys = new JwksCache(fetchJwks, logger, times, () => nowMs);
  });

  const fetchJwks = async (): Promise<string> => {
    fetches += 1;
    if (!isAvailable) throw new Error('issuer unavailable');
    return JSON.stringify({ keys: published.map(({ jwk }) => jwk) });
  };
  const verify = async (key: SigningKey): Promise<unknown> => jwtVerify(await sign(key), keys.getKey);

  it('fetches once for concurrent tokens', async () => {
    await Promise.all([verify(first), verify(first), verify(first)]);
    expect(fetches).toBe(1);
  });

  it('finds an added key after the cool-down', async () => {
    await verify(first);
    published = [second, first];
    await expect(verify(second)).rejects.toThrow(errors.JWKSNoMatchingKey);
    nowMs += times.coolDownMs;
    await verify(second);
    expect(fetches).toBe(2);
  });

  it('knows the next key before it signs, even if the issuer is then unavailable', async () => {
    // The user service publishes a key for this time before it signs.
    const publishedMs = 60_000;
    keys = new JwksCache(fetchJwks, logger, undefined, () => nowMs);
    await verify(first);
    published = [second, first];
    for (let waitedMs = 0; waitedMs < publishedMs; waitedMs += 5_000) {
      nowMs += 5_000;
      await verify(first);
    }
    isAvailable = false;
    await verify(second);
  });

  it('fetches once per cool-down for unknown key IDs', async () => {
    await verify(first);
    nowMs += times.coolDownMs;
    for (let count = 0; count < 5; count += 1) await expect(verify(second)).rejects.toThrow(errors.JWKSNoMatchingKey);
    expect(fetches).toBe(2);
  });

  it('uses cached keys while the issuer is unavailable, and fetches again after the cool-down', async () => {
    await verify(first);
    isAvailable = false;
    nowMs += times.freshMs + 1;
    await verify(first);
    await verify(first);
    expect(fetches).toBe(2);
    isAvailable = true;
    nowMs += times.coolDownMs;
    await verify(first);
    expect(fetches).toBe(3);
  });

  it('rejects a key that is no longer published', async () => {
    await verify(first);
    published = [second];
    nowMs += times.freshMs + 1;
    await verify(first);
    await verify(second);
    await expect(verify(first)).rejects.toThrow(errors.JWKSNoMatchingKey);
  });

  it('reports the error of a failed fetch for unknown keys, which can be new ones, and recovers soon', async () => {
    await verify(first);
    nowMs += times.coolDownMs;
    isAvailable = false;
    for (let count = 0; count < 3; count += 1) await expect(verify(second)).rejects.toThrow('issuer unavailable');
    expect(fetches).toBe(2);
    isAvailable = true;
    published = [second, first];
    nowMs += times.retryMs;
    await verify(second);
  });

  it('reports the error of the first fetch, and recovers', async () => {
    isAvailable = false;
    await expect(verify(first)).rejects.toThrow('issuer unavailable');
    isAvailable = true;
    await verify(first);
  });
});
