import { parseProxyHeader } from './parse-proxy-header.js';
import { InvalidProxyHeaderError } from './proxy-header.js';
import { binaryHeader, field, LOCAL, sslField, TCP4, TCP6, UNIX, UNSPECIFIED } from './testing/binary-header.js';

const REQUEST = 'GET / HTTP/1.1\r\n';

const parseLine = (line: string) => parseProxyHeader(Buffer.from(line, 'latin1'));

describe('a PROXY protocol header of version 1', () => {
  it.each([
    ['PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n', { family: 'IPv4', address: '192.0.2.7', port: 56_324 }],
    ['PROXY TCP6 2001:db8::7 2001:db8::1 1 65535\r\n', { family: 'IPv6', address: '2001:db8::7', port: 1 }],
  ])('names the client: %j', (line, client) => {
    expect(parseLine(line + REQUEST)).toEqual({ lengthBytes: line.length, client });
  });

  it.each(['PROXY UNKNOWN\r\n', 'PROXY UNKNOWN ffff::1 ffff::2 x 0\r\n'])('names no client: %j', (line) => {
    expect(parseLine(line + REQUEST)).toEqual({ lengthBytes: line.length });
  });

  it('waits for the line break of a header of version 1', () => {
    const line = 'PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n';
    for (let length = 1; length < line.length; length += 1) expect(parseLine(line.slice(0, length))).toBeUndefined();
  });

  it.each([
    'PROXY TCP4 192.0.2.7 198.51.100.1 56324\r\n',
    'PROXY TCP4 192.0.2.256 198.51.100.1 1 2\r\n',
    'PROXY TCP4 2001:db8::7 2001:db8::1 1 2\r\n',
    'PROXY TCP6 192.0.2.7 198.51.100.1 1 2\r\n',
    'PROXY TCP4 192.0.2.7 198.51.100.1 65536 2\r\n',
    'PROXY TCP4 192.0.2.7  198.51.100.1 1 2\r\n',
    'PROXY TCP4 192.0.2.7 198.51.100.1 1 2 \r\n',
    'PROXY UDP4 192.0.2.7 198.51.100.1 1 2\r\n',
    'proxy TCP4 192.0.2.7 198.51.100.1 1 2\r\n',
    `PROXY TCP4 ${'1'.repeat(200)}`,
    REQUEST,
  ])('rejects the invalid header of version 1 %j', (line) => {
    expect(() => parseLine(line)).toThrow(InvalidProxyHeaderError);
  });
});

describe('a PROXY protocol header of version 2', () => {
  const ADDRESSES_4 = Buffer.from([192, 0, 2, 7, 198, 51, 100, 1, 0xdc, 0x04, 0x01, 0xbb]);
  const ADDRESSES_6 = Buffer.from(
    `20010db8000000000000000000000007${'20010db8000000000000000000000001'}dc0401bb`,
    'hex',
  );
  const CLIENT_4 = { family: 'IPv4', address: '192.0.2.7', port: 56_324 };
  const parse = (header: Buffer) => parseProxyHeader(Buffer.concat([header, Buffer.from(REQUEST)]));

  it('names a client with an IPv4 or an IPv6 address', () => {
    const version4 = binaryHeader(TCP4, ADDRESSES_4);
    expect(parse(version4)).toEqual({ lengthBytes: version4.length, isEncrypted: false, client: CLIENT_4 });
    const client = { family: 'IPv6', address: '2001:db8::7', port: 56_324 };
    expect(parse(binaryHeader(TCP6, ADDRESSES_6))).toMatchObject({ client });
  });

  it('returns an IPv4-mapped address in the notation that rate limits expect', () => {
    const mapped = Buffer.from(`00000000000000000000ffffc0000207${'00'.repeat(16)}dc0401bb`, 'hex');
    expect(parse(binaryHeader(TCP6, mapped))?.client?.address).toBe('::ffff:192.0.2.7');
  });

  it('names no client for LOCAL, whatever follows, for an unspecified family, and for a UNIX socket', () => {
    for (const header of [
      binaryHeader(TCP4, ADDRESSES_4, LOCAL),
      binaryHeader(0xff, Buffer.from('anything'), LOCAL),
      binaryHeader(UNSPECIFIED, Buffer.alloc(0)),
      binaryHeader(UNIX, Buffer.alloc(216)),
    ]) {
      expect(parse(header)?.client).toBeUndefined();
      expect(parse(header)?.lengthBytes).toBe(header.length);
    }
  });

  it('reads only the TLS field of a header of version 2', () => {
    const others = Buffer.concat([field(0x04, Buffer.alloc(300)), field(0xea, Buffer.from('vpce-1'))]);
    const parseFields = (...fields: Buffer[]) => parse(binaryHeader(TCP4, Buffer.concat([ADDRESSES_4, ...fields])));
    expect(parseFields(others)).toMatchObject({ client: CLIENT_4, isEncrypted: false });
    expect(parseFields(others, sslField(0x01))).toMatchObject({ client: CLIENT_4, isEncrypted: true });
    expect(parseFields(sslField(0x00), others)).toMatchObject({ isEncrypted: false });
  });

  it('waits for the last byte of a header of version 2', () => {
    const header = binaryHeader(TCP4, Buffer.concat([ADDRESSES_4, sslField(1)]));
    for (let length = 1; length < header.length; length += 1)
      expect(parseProxyHeader(header.subarray(0, length))).toBeUndefined();
  });

  it.each([
    ['version', binaryHeader(TCP4, ADDRESSES_4, 0x11)],
    ['command', binaryHeader(TCP4, ADDRESSES_4, 0x22)],
    ['protocol', binaryHeader(0x12, ADDRESSES_4)],
    ['length of the addresses', binaryHeader(TCP6, ADDRESSES_4)],
    ['length of a field', binaryHeader(TCP4, Buffer.concat([ADDRESSES_4, Buffer.from([0x04, 0, 9, 1])]))],
    ['header of a field', binaryHeader(TCP4, Buffer.concat([ADDRESSES_4, Buffer.from([0x04, 0])]))],
    ['field for TLS', binaryHeader(TCP4, Buffer.concat([ADDRESSES_4, field(0x20, Buffer.from([1]))]))],
  ])('rejects a header of version 2 with an invalid %s', (_name, header) => {
    expect(() => parse(header)).toThrow(InvalidProxyHeaderError);
  });
});
