import { Injectable } from '@nestjs/common';
import { ACCESS_TOKEN } from '@viernes/contracts';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { SigningKeyRepository, type KeyPair } from './signing-key.repository.js';

/** How long a process signs with a key before it looks for a newer one. */
const KEPT_MS = 60_000;

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey | Uint8Array;
}

@Injectable()
export class SigningKeys {
  private kept: { key: SigningKey; untilMs: number } | undefined;

  constructor(private readonly keys: SigningKeyRepository) {}

  /** The newest key; makes the very first one. */
  async current(): Promise<SigningKey> {
    const now = Date.now();
    if (this.kept && now < this.kept.untilMs) return this.kept.key;
    const { kid, privateJwk } = await this.newest();
    const key = { kid, privateKey: await importJWK(privateJwk, ACCESS_TOKEN.algorithm) };
    this.kept = { key, untilMs: now + KEPT_MS };
    return key;
  }

  /** Public halves of all keys whose tokens may still live (RFC 7517). Never empty. */
  async jwks(): Promise<{ keys: JWK[] }> {
    await this.current();
    return { keys: await this.keys.listPublic() };
  }

  private async newest(): Promise<KeyPair> {
    return (await this.keys.findNewest()) ?? this.keys.findNewestOrInsert(newKeyPair);
  }
}

/** Ed25519: small, quick, and without choices to get wrong (RFC 8037). */
async function newKeyPair(): Promise<KeyPair> {
  const { publicKey, privateKey } = await generateKeyPair(ACCESS_TOKEN.algorithm, {
    crv: 'Ed25519',
    extractable: true,
  });
  const [publicJwk, privateJwk] = await Promise.all([exportJWK(publicKey), exportJWK(privateKey)]);
  const kid = await calculateJwkThumbprint(publicJwk);
  return { kid, publicJwk: { ...publicJwk, kid, alg: ACCESS_TOKEN.algorithm, use: 'sig' }, privateJwk };
}
