import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const HEADER_BYTES = 12;
const A_RECORD = 1;

/** A DNS server that resolves every name to the current addresses, like a headless Service. */
export class NameServer {
  /** IPv4. */
  addresses: readonly string[] = [];
  private readonly socket = createSocket('udp4');

  /** @returns `127.0.0.1:port` */
  async listen(): Promise<string> {
    this.socket.on('message', (query, { address, port }) => this.socket.send(this.respond(query), port, address));
    this.socket.bind(0, '127.0.0.1');
    await once(this.socket, 'listening');
    return `127.0.0.1:${this.socket.address().port}`;
  }

  close(): void {
    this.socket.close();
  }

  /** Returns a header, the question, and a record of 16 bytes for each address. @see RFC 1035 section 4 */
  private respond(query: Buffer): Buffer {
    const endOfName = query.indexOf(0, HEADER_BYTES) + 1;
    const question = query.subarray(HEADER_BYTES, endOfName + 4);
    const addresses = query.readUInt16BE(endOfName) === A_RECORD ? this.addresses : [];
    const header = Buffer.alloc(HEADER_BYTES);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8580, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(addresses.length, 6);
    const records = addresses.map((address) =>
      Buffer.from([0xc0, HEADER_BYTES, 0, A_RECORD, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]),
    );
    return Buffer.concat([header, question, ...records]);
  }
}
