import { randomBytes } from 'node:crypto';
import { API_KEY, type ApiKeyScope } from '@viernes/contracts';
import type { CallerRole } from '@viernes/platform';
import { createRandomToken } from '../random-token.js';

/** A credential of programs. It acts for a profile of its owner, and only within its scopes. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** The first characters of each of its secrets. They are public. */
  readonly prefix: string;
  readonly scopes: ApiKeyScope[];
  /** Null if the profile was deleted. */
  readonly profileId: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  /** The latest expiry of its secrets. */
  readonly expiresAt: Date;
}

/** The API key of a valid secret, with its account and profile. */
export interface VerifiedApiKey {
  readonly id: string;
  readonly secretId: string;
  readonly accountId: string;
  readonly plan: string;
  readonly role: CallerRole;
  readonly scopes: ApiKeyScope[];
  readonly profileId: string | undefined;
  readonly maximumAge: number | undefined;
  /** Expiry of this secret. */
  readonly expiresAt: Date;
}

export function createPrefix(): string {
  return API_KEY.start + randomBytes(4).toString('hex');
}

/** Returns the prefix and 256 random bits. */
export function createSecret(prefix: string): string {
  return `${prefix}_${createRandomToken()}`;
}
