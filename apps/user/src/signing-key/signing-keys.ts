import { Injectable } from '@nestjs/common';
import { ACCESS_TOKEN } from '@viernes/contracts';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { SigningKeyRepository, type KeyPair } from './signing-key.repository.js';

/** A process uses a newer key of another replica after at most this time. */
const CACHE_TTL_MS = 60_000;

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey | Uint8Array;
}

@Injectable()
export class SigningKeys {
  private cached: { readonly key: SigningKey; readonly expiresAtMs: number } | undefined;

  constructor(private readonly keys: SigningKeyRepository) {}

  /** Returns the newest key, or creates the first one. */
  async getCurrent(): Promise<SigningKey> {
    const nowMs = Date.now();
    if (this.cached && nowMs < this.cached.expiresAtMs) return this.cached.key;
    const { kid, privateJwk } = (await this.keys.findNewest()) ?? (await this.keys.findNewestOrInsert(createKeyPair));
    const key = { kid, privateKey: await importJWK(privateJwk, ACCESS_TOKEN.algorithm) };
    this.cached = { key, expiresAtMs: nowMs + CACHE_TTL_MS };
    return key;
  }

  /** Returns all public keys as a JWK Set (RFC 7517), which is never empty. */
  async getJwks(): Promise<{ keys: JWK[] }> {
    await this.getCurrent();
    return { keys: await this.keys.listPublic() };
  }
}

/** Creates an Ed25519 key pair (RFC 8037): short signatures, and no parameters to choose. */
async function createKeyPair(): Promise<KeyPair> {
  const { publicKey, privateKey } = await generateKeyPair(ACCESS_TOKEN.algorithm, {
    crv: 'Ed25519',
    extractable: true,
  });
  const [publicJwk, privateJwk] = await Promise.all([exportJWK(publicKey), exportJWK(privateKey)]);
  const kid = await calculateJwkThumbprint(publicJwk);
  return { kid, publicJwk: { ...publicJwk, kid, alg: ACCESS_TOKEN.algorithm, use: 'sig' }, privateJwk };
}
