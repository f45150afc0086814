import { isIPv6 } from 'node:net';

const GROUPS = 8;
const NETWORK_GROUPS = 4;
const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * What stands for an address in a limit: an IPv4 address itself; of an IPv6 address its /64 network. One subscriber has a
 * whole /64 at least (RFC 6177), and would otherwise send each request from an address that was never counted.
 */
export function addressKey(address: string): string {
  const mapped = MAPPED_IPV4.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [bare = ''] = address.split('%', 1);
  if (!isIPv6(bare)) return address;
  // WHATWG URLs write each IPv6 address in one way (RFC 5952), which leaves `::` to write out.
  const [head = '', tail = ''] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const before = groupsOf(head);
  const zeros = Array<string>(GROUPS - before.length - groupsOf(tail).length).fill('0');
  return `${[...before, ...zeros, ...groupsOf(tail)].slice(0, NETWORK_GROUPS).join(':')}::/64`;
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}
