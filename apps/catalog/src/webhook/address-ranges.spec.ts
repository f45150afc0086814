import { AddressRanges, isPublicAddress } from './address-ranges.js';

describe('isPublicAddress', () => {
  it.each(['1.1.1.1', '93.184.216.34', '172.15.255.255', '172.32.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])(
    'accepts %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ['unspecified', '0.0.0.0', '::', '0.1.2.3'],
    ['loopback', '127.0.0.1', '127.255.255.254', '::1'],
    ['private', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd00:ec2::254'],
    ['shared (CGNAT)', '100.64.0.1', '100.127.255.255'],
    ['link-local (cloud metadata)', '169.254.169.254', 'fe80::1', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast and broadcast', '224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1'],
    ['reserved', '192.0.0.1', '198.18.0.1', '192.0.2.1', '198.51.100.1', '203.0.113.1', '240.0.0.1', '2001:db8::1'],
    ['IPv4-in-IPv6', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '::127.0.0.1', '::ffff:0:10.0.0.1'],
    ['NAT64', '64:ff9b::10.0.0.1', '64:ff9b::8.8.8.8', '64:ff9b:1::1'],
    ['tunnel', '2002:7f00:1::', '2001::1'],
  ])('rejects %s addresses', (_, ...addresses) => {
    expect(addresses.filter((address) => isPublicAddress(address))).toEqual([]);
  });

  it('throws for a text that is not an IP address', () => {
    expect(() => isPublicAddress('localhost')).toThrow();
  });
});

describe('AddressRanges', () => {
  it('contains the listed addresses and ranges of the same family, including IPv4-mapped IPv6 addresses', () => {
    const ranges = AddressRanges.parse('127.0.0.0/8, 10.1.2.3,fd00::/8');
    const contained = ['127.9.9.9', '::ffff:127.0.0.1', '10.1.2.3', 'fd12::1', '10.1.2.4', '::1', '8.8.8.8'];
    expect(contained.map((address) => ranges.contains(address))).toEqual([true, true, true, true, false, false, false]);
  });

  it('contains no address by default, and rejects text that is not a range', () => {
    expect(AddressRanges.parse('').isEmpty).toBe(true);
    expect(AddressRanges.parse('').contains('127.0.0.1')).toBe(false);
    expect(() => AddressRanges.parse('localhost')).toThrow();
    expect(() => AddressRanges.parse('10.0.0.0/33')).toThrow();
  });
});
