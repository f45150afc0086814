import { ACCESS_TOKEN } from '@viernes/contracts';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

export interface KeyPair {
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly privateJwk: JWK;
}

/** A process caches the active key for this long. */
export const CACHE_SECONDS = 60;

/**
 * A new key is published this long before it signs. An edge that receives requests fetches the keys every 20 s. For an
 * unknown key, it fetches them again, unless the previous fetch is less than 10 s old and thus contains the key.
 */
export const PUBLISHED_SECONDS = 60;

/** An older key is published until the last token that it signed has expired. */
export const RETIRED_SECONDS = CACHE_SECONDS + ACCESS_TOKEN.ttlSeconds + 60;

/** Creates an Ed25519 key pair (RFC 8037): short signatures, and no parameters to choose. */
export async function createKeyPair(): Promise<KeyPair> {
  const { publicKey, privateKey } = await generateKeyPair(ACCESS_TOKEN.algorithm, {
    crv: 'Ed25519',
    extractable: true,
  });
  const [publicJwk, privateJwk] = await Promise.all([exportJWK(publicKey), exportJWK(privateKey)]);
  const kid = await calculateJwkThumbprint(publicJwk);
  return { kid, publicJwk: { ...publicJwk, kid, alg: ACCESS_TOKEN.algorithm, use: 'sig' }, privateJwk };
}
