import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The IPv6 addresses that are routed on the internet. The others can contain an IPv4 address, or are local. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** A list of IP addresses and CIDR ranges. */
export class AddressRanges {
  private constructor(private readonly ranges: readonly [Address, number][]) {}

  /** @param list comma-separated, can be empty @throws Error if an entry is neither an address nor a range */
  static parse(list: string): AddressRanges {
    const entries = list.split(',').map((entry) => entry.trim());
    return new AddressRanges(entries.filter((entry) => entry !== '').map(parseRange));
  }

  get isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  /** @param text an IP address @throws Error if it is not one */
  contains(text: string): boolean {
    const address = ipaddr.process(text);
    return this.ranges.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits));
  }
}

/**
 * Returns whether an IP address is reachable from the internet, so that a request to it reveals nothing about this network:
 * no loopback, private, shared, link-local, multicast or reserved address, even if it is embedded in an IPv6 address.
 *
 * @throws Error if the text is not an IP address
 */
export function isPublicAddress(text: string): boolean {
  // An IPv4-mapped IPv6 address is the same destination as its IPv4 address.
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST);
}

function parseRange(text: string): [Address, number] {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
