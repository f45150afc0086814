import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactoryArgs } from 'kafkajs';

const KEEP_ALIVE_AFTER_MS = 60_000;

/**
 * The connections that kafkajs makes. It forgets some: two requests that find a connection gone each make a new one, the
 * second takes the first one's place, and `disconnect` ends only that. Until the broker tires of it, after ten minutes, a
 * socket that nobody knows keeps its process from ending.
 */
export class KafkaSockets {
  private readonly open = new Set<Socket>();

  /** For the setting `socketFactory` of kafkajs. */
  readonly create = ({ host, port, ssl, onConnect }: ISocketFactoryArgs): Socket => {
    const servername = isIP(host) === 0 ? { servername: host } : {};
    const socket = ssl
      ? connectTls({ host, port, ...servername, ...ssl }, onConnect)
      : connectPlain({ host, port }, onConnect);
    socket.setKeepAlive(true, KEEP_ALIVE_AFTER_MS);
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
    return socket;
  };

  /** Ends what is left, once every client has disconnected. */
  destroy(): void {
    for (const socket of this.open) socket.destroy();
  }
}
