import { backing } from './backing.js';
import { TcpProxy } from './tcp-proxy.js';

/**
 * Creates a proxy for the broker that also replaces the broker's port in responses. Kafka clients connect to the address in
 * the metadata, and would bypass a simple proxy. The broker is unavailable until the proxy is opened.
 */
export async function reserveBrokerProxy(): Promise<TcpProxy> {
  const [host = '', port] = backing().kafkaBrokers[0]?.split(':') ?? [];
  const address = encodeBrokerAddress(host, Number(port));
  return TcpProxy.reserve(host, Number(port), (response, proxy) => {
    for (let at = response.indexOf(address); at >= 0; at = response.indexOf(address, at + 1)) {
      response.writeInt32BE(proxy.port, at + address.byteLength - 4);
    }
  });
}

/**
 * Encodes a broker address as in the responses to Metadata and FindCoordinator, in the versions that kafkajs requests: two
 * bytes for the length of the host, the host, and four bytes for the port.
 * @see https://kafka.apache.org/protocol#protocol_types
 */
function encodeBrokerAddress(host: string, port: number): Buffer {
  const bytes = Buffer.alloc(2 + Buffer.byteLength(host) + 4);
  bytes.writeInt16BE(Buffer.byteLength(host), 0);
  bytes.write(host, 2);
  bytes.writeInt32BE(port, bytes.byteLength - 4);
  return bytes;
}
