import { isIPv4, isIPv6 } from 'node:net';
import { InvalidProxyHeaderError, type ProxyHeader } from './proxy-header.js';

/** With CR LF. The specification states this length for the longest line: UNKNOWN with two IPv6 addresses. */
const MAX_LENGTH = 107;
const LINE = /^PROXY (TCP4|TCP6) (\S+) (\S+) (\d{1,5}) (\d{1,5})$/;
/** The rest of the line must be ignored. */
const UNKNOWN = /^PROXY UNKNOWN(?: .*)?$/;
const MAX_PORT = 65_535;

/** Parses a header of version 1, a line of text. @returns undefined if the line is not complete. @throws InvalidProxyHeaderError */
export function parseVersion1(bytes: Buffer): ProxyHeader | undefined {
  const end = bytes.subarray(0, MAX_LENGTH).indexOf('\r\n');
  if (end < 0) {
    if (bytes.length >= MAX_LENGTH) throw new InvalidProxyHeaderError('line too long');
    return undefined;
  }
  const lengthBytes = end + 2;
  const line = bytes.toString('latin1', 0, end);
  if (UNKNOWN.test(line)) return { lengthBytes };
  const [, protocol, address = '', destination = '', ...ports] = LINE.exec(line) ?? [];
  const isAddress = protocol === 'TCP4' ? isIPv4 : isIPv6;
  if (!isAddress(address) || !isAddress(destination))
    throw new InvalidProxyHeaderError('malformed line or invalid IP address');
  const [port = 0, destinationPort = 0] = ports.map(Number);
  if (port > MAX_PORT || destinationPort > MAX_PORT) throw new InvalidProxyHeaderError('invalid port');
  return { lengthBytes, client: { family: protocol === 'TCP4' ? 'IPv4' : 'IPv6', address, port } };
}
