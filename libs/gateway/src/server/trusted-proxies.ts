import { BlockList, isIPv6 } from 'node:net';

/** The IP addresses and networks of proxies that are trusted to report the addresses of their clients. */
export class TrustedProxies {
  private readonly list = new BlockList();

  /** @param addresses `10.0.0.7`, `10.0.0.0/8`, `2001:db8::/32` */
  constructor(addresses: readonly string[]) {
    for (const text of addresses) {
      const [address = '', bits] = text.split('/', 2);
      if (bits === undefined) this.list.addAddress(address, familyOf(address));
      else this.list.addSubnet(address, Number(bits), familyOf(address));
    }
  }

  has(address = ''): boolean {
    return this.list.check(address, familyOf(address));
  }
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
