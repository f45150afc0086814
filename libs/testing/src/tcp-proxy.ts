import { createServer, connect, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/** Changes what the service answers, chunk by chunk, in place. */
export type Rewrite = (chunk: Buffer, proxy: TcpProxy) => void;

/** Stands before a service so that a test can take it away: `close` refuses new connections and cuts those that are. */
export class TcpProxy {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private readonly clients = new Set<Socket>();
  private ownPort = 0;

  /** Not open yet: connections to `port` are refused until `open`. */
  static async reserve(targetHost: string, targetPort: number, rewrite?: Rewrite): Promise<TcpProxy> {
    const proxy = new TcpProxy(targetHost, targetPort, rewrite);
    // Opened once to be given a port that is free.
    await proxy.open();
    await proxy.close();
    return proxy;
  }

  private constructor(
    private readonly targetHost: string,
    private readonly targetPort: number,
    private readonly rewrite: Rewrite | undefined,
  ) {}

  get port(): number {
    return this.ownPort;
  }

  /** Connections of clients that are open now. */
  get connections(): number {
    return this.clients.size;
  }

  async open(): Promise<void> {
    const server = createServer((client) => this.join(client));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.ownPort, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (address !== null && typeof address !== 'string') this.ownPort = address.port;
    this.server = server;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    this.cut();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  /** Breaks every connection, and goes on taking new ones. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** As if the machine had vanished: connections stay, and swallow what is sent. New ones are made as ever. */
  swallow(): void {
    for (const socket of this.sockets) {
      socket.unpipe();
      socket.resume();
    }
  }

  private join(client: Socket): void {
    const target = connect(this.targetPort, this.targetHost);
    this.clients.add(client);
    client.on('close', () => this.clients.delete(client));
    client.pipe(target);
    target.pipe(this.rewriting()).pipe(client);
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
  }

  private rewriting(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _, done) => {
        this.rewrite?.(chunk, this);
        done(null, chunk);
      },
    });
  }
}
