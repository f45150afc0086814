/** Lets requests name the address of their client. All tests have the same one, and therefore share its rate limits. */
export const NAMED_ADDRESSES = { TRUSTED_PROXIES: '127.0.0.1' };

/** Returns the header of requests from a client that no other test uses. Requires NAMED_ADDRESSES. */
export function fromRandomAddress(): { readonly 'x-forwarded-for': string } {
  const byte = (): number => Math.floor(Math.random() * 256);
  return { 'x-forwarded-for': `10.${byte()}.${byte()}.${byte()}` };
}
