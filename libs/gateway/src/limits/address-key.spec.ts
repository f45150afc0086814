import { addressKey } from './address-key.js';

describe('addressKey', () => {
  it('returns an IPv4 address unchanged, and without the prefix if it is mapped to IPv6', () => {
    expect(addressKey('192.0.2.7')).toBe('192.0.2.7');
    expect(addressKey('::ffff:192.0.2.7')).toBe('192.0.2.7');
  });

  it('returns the /64 network of an IPv6 address in any notation', () => {
    const notations = ['2001:db8:0:1::7', '2001:DB8:0:1:ffff:ffff:ffff:ffff', '2001:0db8::1:0:0:0:1', '2001:db8:0:1::'];
    expect(new Set(notations.map(addressKey))).toEqual(new Set(['2001:db8:0:1::/64']));
    expect(addressKey('2001:db8:0:2::7')).toBe('2001:db8:0:2::/64');
    expect(addressKey('::1')).toBe('0:0:0:0::/64');
    expect(addressKey('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  });
});
