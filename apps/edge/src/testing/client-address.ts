/** Lets requests state the address of their client. Otherwise, all tests share the rate limits of one address. */
export const NAMED_ADDRESSES = { TRUSTED_PROXIES: '127.0.0.1' };

/** Returns the header of requests from a client that no other test uses. Requires NAMED_ADDRESSES. */
export function fromRandomAddress(): { readonly 'x-forwarded-for': string } {
  const byte = (): number => Math.floor(Math.random() * 256);
  return { 'x-forwarded-for': `10.${byte()}.${byte()}.${byte()}` };
}
