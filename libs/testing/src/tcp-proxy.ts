import { createServer, connect, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/** Changes a chunk of a response in place. */
export type Rewrite = (chunk: Buffer, proxy: TcpProxy) => void;

/** A proxy that makes a service unavailable: `close` rejects new connections of clients and breaks the open ones. */
export class TcpProxy {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private readonly clients = new Set<Socket>();
  private ownPort = 0;
  private shouldDropNew = false;

  /** Reserves a port. Connections to it are refused until `open`. */
  static async reserve(targetHost: string, targetPort: number, rewrite?: Rewrite): Promise<TcpProxy> {
    const proxy = new TcpProxy(targetHost, targetPort, rewrite);
    // Opening it once selects a free port.
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

  /** Number of open client connections. */
  get connections(): number {
    return this.clients.size;
  }

  async open(): Promise<void> {
    this.shouldDropNew = false;
    const server = createServer((client) => this.connectToTarget(client));
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

  /** Breaks the open connections. New ones are accepted. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /**
   * Simulates an unresponsive server: open connections stay open and drop all data.
   *
   * @param scope `open`: new connections work. `all`: they are accepted and drop all data, too
   */
  dropData(scope: 'open' | 'all' = 'open'): void {
    this.shouldDropNew = scope === 'all';
    for (const socket of this.sockets) {
      socket.unpipe();
      socket.resume();
    }
  }

  private connectToTarget(client: Socket): void {
    if (this.shouldDropNew) {
      this.sockets.add(client);
      client.on('error', () => undefined);
      client.on('close', () => this.sockets.delete(client));
      client.resume();
      return;
    }
    const target = connect(this.targetPort, this.targetHost);
    this.clients.add(client);
    client.on('close', () => this.clients.delete(client));
    client.pipe(target);
    target.pipe(this.createRewriter()).pipe(client);
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

  private createRewriter(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _, done) => {
        this.rewrite?.(chunk, this);
        done(null, chunk);
      },
    });
  }
}
