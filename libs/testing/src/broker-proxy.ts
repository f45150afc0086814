import { backing } from './backing.js';
import { TcpProxy } from './tcp-proxy.js';

/**
 * Stands before the broker, also for whoever asks it where it is: a Kafka broker answers with its own address, and clients
 * go there past a simple proxy. Closed, the broker is away as if it were stopped. Not open yet.
 */
export async function reserveBrokerProxy(): Promise<TcpProxy> {
  const [host = '', port] = backing().kafkaBrokers[0]?.split(':') ?? [];
  const address = brokerAddress(host, Number(port));
  return TcpProxy.reserve(host, Number(port), (answer, proxy) => {
    for (let at = answer.indexOf(address); at >= 0; at = answer.indexOf(address, at + 1)) {
      answer.writeInt32BE(proxy.port, at + address.byteLength - 4);
    }
  });
}

/**
 * A broker in answers to Metadata and FindCoordinator, in the versions that kafkajs asks for: the host with its length in
 * two bytes, the port in four.
 * @see https://kafka.apache.org/protocol#protocol_types
 */
function brokerAddress(host: string, port: number): Buffer {
  const bytes = Buffer.alloc(2 + Buffer.byteLength(host) + 4);
  bytes.writeInt16BE(Buffer.byteLength(host), 0);
  bytes.write(host, 2);
  bytes.writeInt32BE(port, bytes.byteLength - 4);
  return bytes;
}
