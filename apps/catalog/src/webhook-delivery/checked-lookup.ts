import { lookup as resolve, type LookupAddress, type LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** The name has no address, or at least one that is not accepted. */
export class AddressRejectedError extends Error {
  readonly code = 'ADDRESS_REJECTED';
}

type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Returns the `lookup` of a connection that resolves a name once, checks all addresses, and connects to one of them. A check
 * before the connection would resolve the name twice, and its DNS server could return another address the second time.
 */
export function createCheckedLookup(
  isAccepted: (address: string) => boolean,
  resolveAll: Resolve = resolve,
): LookupFunction {
  return (hostname, options, callback) => {
    resolveAll(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? new AddressRejectedError(), []);
      if (!addresses.every(({ address }) => isAccepted(address))) return callback(new AddressRejectedError(), []);
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
