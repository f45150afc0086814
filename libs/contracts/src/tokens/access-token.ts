/**
 * What user writes into every access token and the edge asks of it.
 * @see RFC 7519 sections 4.1.1 and 4.1.3 (issuer, audience), RFC 8037 section 3.1 (the algorithm)
 */
export const ACCESS_TOKEN = { issuer: 'viernes', audience: 'viernes-edge', algorithm: 'EdDSA' } as const;
