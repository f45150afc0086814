/**
 * Claims and algorithm of access tokens. The user service issues them, and the edge verifies them.
 * @see RFC 7519 sections 4.1.1 and 4.1.3 (issuer, audience), RFC 8037 section 3.1 (algorithm)
 */
export const ACCESS_TOKEN = {
  issuer: 'viernes',
  audience: 'viernes-edge',
  algorithm: 'EdDSA',
  /** How long the edge accepts a token. It verifies the signature without a call to the user service. */
  ttlSeconds: 15 * 60,
} as const;
