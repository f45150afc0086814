/**
 * Settings with which the edge reads the address of a client from X-Forwarded-For. Otherwise, all tests share the rate
 * limits of one address.
 */
export const TRUST_FORWARDED_FOR = { TRUSTED_PROXIES: '127.0.0.1' };

/** Returns the header of requests from a client that no other test uses. Requires TRUST_FORWARDED_FOR. */
export function fromRandomAddress(): { readonly 'x-forwarded-for': string } {
  const byte = (): number => Math.floor(Math.random() * 256);
  return { 'x-forwarded-for': `10.${byte()}.${byte()}.${byte()}` };
}
