import { ServerGrpc, type GrpcOptions, type MessageHandler } from '@nestjs/microservices';

/**
 * Serves one Nest application on several ports, each with its own services. A call to a service of another port fails with
 * UNIMPLEMENTED. Nest itself has one server per microservice, which receives every handler.
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

  /** Calls back once all ports listen, or with the first error. */
  override async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      await Promise.all(this.servers.map(listen));
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Resolves once the calls in flight on all ports have finished. */
  override async close(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.close() as Promise<void>));
  }
}

function listen(server: ServerGrpc): Promise<void> {
  return new Promise((resolve, reject) => {
    void server.listen((error) => (error === undefined ? resolve() : reject(error as Error)));
  });
}
