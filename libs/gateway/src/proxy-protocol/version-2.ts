import { SocketAddress } from 'node:net';
import { InvalidProxyHeaderError, type ProxiedClient, type ProxyHeader } from './proxy-header.js';

const FIXED_LENGTH = 16;
const VERSION = 2;
const LOCAL = 0;
const PROXY = 1;

const UNSPECIFIED = 0x00;
const TCP_OVER_IPV4 = 0x11;
const TCP_OVER_IPV6 = 0x21;
const UNIX_STREAM = 0x31;
/** Bytes of both addresses and ports. */
const ADDRESS_LENGTHS: Readonly<Record<number, number>> = {
  [UNSPECIFIED]: 0,
  [TCP_OVER_IPV4]: 12,
  [TCP_OVER_IPV6]: 36,
  [UNIX_STREAM]: 216,
};

const TLV_HEADER_LENGTH = 3;
/** Type of the field that describes the TLS connection of the client. */
const SSL_TLV = 0x20;
/** One byte of flags, four bytes of the result of the verification of the client's certificate. */
const SSL_FIXED_LENGTH = 5;
const SSL_CLIENT_FLAG = 0x01;

/** Parses the binary header. @returns undefined if it is not complete. @throws InvalidProxyHeaderError */
export function parseVersion2(bytes: Buffer): ProxyHeader | undefined {
  if (bytes.length < FIXED_LENGTH) return undefined;
  const [version, command] = [bytes.readUInt8(12) >> 4, bytes.readUInt8(12) & 0x0f];
  if (version !== VERSION) throw new InvalidProxyHeaderError('unknown version');
  if (command !== LOCAL && command !== PROXY) throw new InvalidProxyHeaderError('unknown command');
  const lengthBytes = FIXED_LENGTH + bytes.readUInt16BE(14);
  // The bytes after a LOCAL command have no meaning.
  const family = command === LOCAL ? UNSPECIFIED : bytes.readUInt8(13);
  const addressLength = ADDRESS_LENGTHS[family];
  if (addressLength === undefined) throw new InvalidProxyHeaderError('unsupported address family or protocol');
  if (FIXED_LENGTH + addressLength > lengthBytes) throw new InvalidProxyHeaderError('too short for its addresses');
  if (bytes.length < lengthBytes) return undefined;
  if (command === LOCAL) return { lengthBytes };
  const block = bytes.subarray(FIXED_LENGTH, lengthBytes);
  const client = parseClient(family, block);
  const isEncrypted = parseIsEncrypted(block.subarray(addressLength));
  return { lengthBytes, isEncrypted, ...(client && { client }) };
}

function parseClient(family: number, block: Buffer): ProxiedClient | undefined {
  if (family === TCP_OVER_IPV4)
    return { family: 'IPv4', address: block.subarray(0, 4).join('.'), port: block.readUInt16BE(8) };
  if (family !== TCP_OVER_IPV6) return undefined;
  const groups = Array.from({ length: 8 }, (_, index) => block.readUInt16BE(2 * index).toString(16));
  const { address } = new SocketAddress({ family: 'ipv6', address: groups.join(':') });
  return { family: 'IPv6', address, port: block.readUInt16BE(32) };
}

/** Reads the only field (type, length, value) that has a meaning here. Others are skipped. */
function parseIsEncrypted(fields: Buffer): boolean {
  let isEncrypted = false;
  for (let offset = 0; offset < fields.length;) {
    if (fields.length < offset + TLV_HEADER_LENGTH) throw new InvalidProxyHeaderError('truncated field');
    const type = fields.readUInt8(offset);
    const start = offset + TLV_HEADER_LENGTH;
    offset = start + fields.readUInt16BE(offset + 1);
    if (offset > fields.length) throw new InvalidProxyHeaderError('truncated field');
    if (type !== SSL_TLV) continue;
    if (offset - start < SSL_FIXED_LENGTH) throw new InvalidProxyHeaderError('truncated field');
    isEncrypted = (fields.readUInt8(start) & SSL_CLIENT_FLAG) !== 0;
  }
  return isEncrypted;
}
