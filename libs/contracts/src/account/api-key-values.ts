// Values that both the API and the user service validate.

/** The scopes of API keys. Each operation needs at most one of them. */
export const API_KEY_SCOPES = [
  'catalog:read',
  'catalog:write',
  'playback',
  'watching:read',
  'watching:write',
  'profiles:read',
  'dead-letters',
  'usage:read',
] as const;

export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

/**
 * `vrn_`, 8 characters that identify the key in lists, and 256 random bits. The fixed start lets scanners find keys in
 * source code, and distinguishes them from access tokens.
 */
export const API_KEY = { start: 'vrn_', pattern: /^vrn_[0-9a-f]{8}_[\w-]{43}$/ } as const;

/** API keys per account that are not revoked. */
export const MAX_API_KEYS = 20;

/** How long a secret is valid, in days. */
export const API_KEY_DAYS = { default: 90, maximum: 365 } as const;

/** How long the previous secret stays valid after a rotation, in hours. 0 revokes it immediately. */
export const API_KEY_OVERLAP_HOURS = { default: 24, maximum: 168 } as const;
