import { ServerGrpc, type GrpcOptions, type MessageHandler } from '@nestjs/microservices';

/**
 * One Nest application behind several gRPC servers, each with services of its own: what is not defined for a port is
 * answered UNIMPLEMENTED there. Nest itself gives a microservice one server, and hands every handler to it.
 */
export class GrpcPorts extends ServerGrpc {
  private readonly servers: readonly ServerGrpc[];

  /** @param ports at least one */
  constructor(ports: readonly [GrpcOptions['options'], ...GrpcOptions['options'][]]) {
    super(ports[0]);
    this.servers = ports.map((options) => new ServerGrpc(options));
  }

  override addHandler(pattern: unknown, callback: MessageHandler, isEventHandler?: boolean): void {
    for (const server of this.servers) server.addHandler(pattern, callback, isEventHandler);
  }

  /** Calls back once all ports listen, or with what the first one said that does not. */
  override async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      await Promise.all(this.servers.map(started));
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Resolves once the calls in flight on all ports have ended. */
  override async close(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.close() as Promise<void>));
  }
}

function started(server: ServerGrpc): Promise<void> {
  return new Promise((resolve, reject) => {
    void server.listen((error) => (error === undefined ? resolve() : reject(error as Error)));
  });
}
