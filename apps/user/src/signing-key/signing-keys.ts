import { Injectable } from '@nestjs/common';
import { ACCESS_TOKEN } from '@viernes/contracts';
import { importJWK, type CryptoKey, type JWK } from 'jose';
import { CACHE_SECONDS, createKeyPair } from './signing-key.js';
import { SigningKeyRepository } from './signing-key.repository.js';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey | Uint8Array;
}

@Injectable()
export class SigningKeys {
  private cached: { readonly key: SigningKey; readonly expiresAtMs: number } | undefined;

  constructor(private readonly keys: SigningKeyRepository) {}

  /** Returns the key that signs, or creates the first one. */
  async getCurrent(): Promise<SigningKey> {
    const nowMs = Date.now();
    if (this.cached && nowMs < this.cached.expiresAtMs) return this.cached.key;
    const { kid, privateJwk } = (await this.keys.findActive()) ?? (await this.keys.findActiveOrInsert(createKeyPair));
    const key = { kid, privateKey: await importJWK(privateJwk, ACCESS_TOKEN.algorithm) };
    this.cached = { key, expiresAtMs: nowMs + CACHE_SECONDS * 1000 };
    return key;
  }

  /** Returns all public keys as a JWK Set (RFC 7517), which is never empty. */
  async getJwks(): Promise<{ keys: JWK[] }> {
    await this.getCurrent();
    return { keys: await this.keys.listPublic() };
  }
}
