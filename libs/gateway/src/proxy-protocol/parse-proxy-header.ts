import { InvalidProxyHeaderError, type ProxyHeader } from './proxy-header.js';
import { parseVersion1 } from './version-1.js';
import { parseVersion2 } from './version-2.js';

/** First bytes of version 2. No HTTP request and no header of version 1 starts with them. */
const SIGNATURE = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
const VERSION_1_START = Buffer.from('PROXY ', 'latin1');

/**
 * Parses the header at the beginning of a connection.
 *
 * @see https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt section 2
 * @param bytes received so far, with or without the beginning of the request
 * @returns undefined if the header is not complete yet
 * @throws InvalidProxyHeaderError
 */
export function parseProxyHeader(bytes: Buffer): ProxyHeader | undefined {
  if (startsWith(bytes, SIGNATURE)) return bytes.length < SIGNATURE.length ? undefined : parseVersion2(bytes);
  if (startsWith(bytes, VERSION_1_START)) return parseVersion1(bytes);
  throw new InvalidProxyHeaderError('neither version 1 nor version 2');
}

/** Returns whether the bytes start with a prefix, or with as much of it as has arrived. */
function startsWith(bytes: Buffer, prefix: Buffer): boolean {
  const length = Math.min(bytes.length, prefix.length);
  return bytes.subarray(0, length).equals(prefix.subarray(0, length));
}
