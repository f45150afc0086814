import { createLogger } from '@viernes/platform';
import { errors, exportJWK, generateKeyPair, jwtVerify, SignJWT, type CryptoKey, type JWK } from 'jose';
import { JwksCache } from './jwks-cache.js';

interface Key {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

async function newKey(kid: string): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA' } };
}

function tokenOf({ kid, privateKey }: Key): Promise<string> {
  return new SignJWT({}).setProtectedHeader({ alg: 'EdDSA', kid }).sign(privateKey);
}

describe('the key set', () => {
  const logger = createLogger('test', 'fatal');
  const times = { coolDownMs: 10_000, freshMs: 300_000 };
  let first: Key;
  let second: Key;
  let published: Key[];
  let fetches: number;
  let isAway: boolean;
  let nowMs: number;
  let keys: JwksCache;

  beforeAll(async () => {
    [first, second] = await Promise.all([newKey('first'), newKey('second')]);
  });
  beforeEach(() => {
    published = [first];
    fetches = 0;
    isAway = false;
    nowMs = 1_000_000;
    const fetchJwks = async (): Promise<string> => {
      fetches += 1;
      if (isAway) throw new Error('away');
      return JSON.stringify({ keys: published.map(({ jwk }) => jwk) });
    };
    keys = new JwksCache(fetchJwks, logger, times, () => nowMs);
  });

  const verify = async (key: Key): Promise<unknown> => jwtVerify(await tokenOf(key), keys.keyOf);

  it('fetches once for many tokens at the same time', async () => {
    await Promise.all([verify(first), verify(first), verify(first)]);
    expect(fetches).toBe(1);
  });

  it('finds a key that was added, once the cool-down allows', async () => {
    await verify(first);
    published = [second, first];
    await expect(verify(second)).rejects.toThrow(errors.JWKSNoMatchingKey);
    nowMs += times.coolDownMs;
    await verify(second);
    expect(fetches).toBe(2);
  });

  it('does not let unknown ids cause a fetch each', async () => {
    await verify(first);
    nowMs += times.coolDownMs;
    for (let count = 0; count < 5; count += 1) await expect(verify(second)).rejects.toThrow(errors.JWKSNoMatchingKey);
    expect(fetches).toBe(2);
  });

  it('goes on with what it has while the issuer is away, and asks again later', async () => {
    await verify(first);
    isAway = true;
    nowMs += times.freshMs + 1;
    await verify(first);
    await verify(first);
    expect(fetches).toBe(2);
    isAway = false;
    nowMs += times.coolDownMs;
    await verify(first);
    expect(fetches).toBe(3);
  });

  it('forgets a key that is no longer published', async () => {
    await verify(first);
    published = [second];
    nowMs += times.freshMs + 1;
    await verify(first);
    await verify(second);
    await expect(verify(first)).rejects.toThrow(errors.JWKSNoMatchingKey);
  });

  it('says why it has no key at all, and recovers', async () => {
    isAway = true;
    await expect(verify(first)).rejects.toThrow('away');
    isAway = false;
    await verify(first);
  });
});
