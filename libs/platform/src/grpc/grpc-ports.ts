import { ServerGrpc, type MessageHandler } from '@nestjs/microservices';
import { handleInContext, type CallHandler } from './call-handler.js';

/** Receives every handler of an application, and serves some of them. A `ServerGrpc` with `gracefulShutdown` is one. */
export interface ServerPort {
  addHandler(pattern: unknown, callback: MessageHandler, isEventHandler?: boolean): void;
  listen(callback: (error?: unknown) => void): unknown;
  /** Resolves once the calls in flight have finished. */
  close(): Promise<void>;
}

/**
 * Serves one Nest application on several ports, each with its own services. A call to a service of another port fails with
 * UNIMPLEMENTED. Nest itself has one server per microservice, which receives every handler.
 */
export class GrpcPorts extends ServerGrpc {
  constructor(private readonly ports: readonly ServerPort[]) {
    super({ package: [] });
  }

  override addHandler(pattern: unknown, callback: MessageHandler, isEventHandler?: boolean): void {
    // The type of Nest lacks the third parameter of gRPC handlers, the call.
    const handle = handleInContext(callback as unknown as CallHandler) as unknown as MessageHandler;
    for (const port of this.ports) port.addHandler(pattern, handle, isEventHandler);
  }

  /** Calls back once all ports listen, or with the first error. */
  override async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      await Promise.all(this.ports.map(listen));
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Resolves once the calls in flight on all ports have finished. */
  override async close(): Promise<void> {
    await Promise.all(this.ports.map((port) => port.close()));
  }
}

function listen(port: ServerPort): Promise<void> {
  return new Promise((resolve, reject) => {
    void port.listen((error) => (error === undefined ? resolve() : reject(error as Error)));
  });
}
