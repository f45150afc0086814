import {
  Metadata,
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { CodedError, ERRORS } from '@viernes/contracts';

type Requests<Method> = Method extends { requestSerialize: (value: infer Request) => Buffer } ? Request : never;
type Answers<Method> = Method extends { responseDeserialize: (bytes: Buffer) => infer Answer } ? Answer : never;

/** What a handler sees of the call besides its request. */
export interface SeenCall {
  readonly metadata: Metadata;
  readonly deadlineAt: number;
  readonly signal: AbortSignal;
}

export type Handlers<Definition> = {
  -readonly [Name in keyof Definition]?: Definition[Name] extends { responseStream: true }
    ? (request: Requests<Definition[Name]>, seen: SeenCall) => AsyncIterable<Answers<Definition[Name]>>
    : (
        request: Requests<Definition[Name]>,
        seen: SeenCall,
      ) => Answers<Definition[Name]> | Promise<Answers<Definition[Name]>>;
};

type UntypedHandler = (request: unknown, seen: SeenCall) => unknown;

/** A real gRPC server of a service's definition, with whatever behaviour a test gives it. */
export class FakeGrpcServer<Definition extends ServiceDefinition> {
  handlers: Handlers<Definition> = {};
  private server = new Server();
  private ownPort = 0;

  constructor(private readonly definition: Definition) {}

  get target(): string {
    return `dns:///127.0.0.1:${this.ownPort}`;
  }

  async start(): Promise<void> {
    this.server = new Server();
    const implementation: UntypedServiceImplementation = {};
    for (const [name, method] of Object.entries(this.definition)) {
      implementation[name] = method.responseStream ? this.stream(name) : this.unary(name);
    }
    this.server.addService(this.definition, implementation);
    const address = `127.0.0.1:${this.ownPort}`;
    this.ownPort = await new Promise((resolve, reject) => {
      this.server.bindAsync(address, ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
  }

  /** As if killed: connections are cut. `start` brings it back on the same port. */
  stop(): void {
    this.server.forceShutdown();
  }

  private handler(name: string): UntypedHandler {
    const handler = (this.handlers as Record<string, UntypedHandler | undefined>)[name];
    if (!handler) throw Object.assign(new Error(name), { code: status.UNIMPLEMENTED });
    return handler;
  }

  private unary(name: string) {
    return (call: ServerUnaryCall<unknown, unknown>, callback: sendUnaryData<unknown>): void => {
      void (async () => this.handler(name)(call.request, seenOf(call)))().then(
        (answer) => callback(null, answer),
        (error: unknown) => callback(toStatus(error)),
      );
    };
  }

  private stream(name: string) {
    return (call: ServerWritableStream<unknown, unknown>): void => {
      void (async () => {
        for await (const answer of this.handler(name)(call.request, seenOf(call)) as AsyncIterable<unknown>) {
          call.write(answer);
        }
        call.end();
      })().catch((error: unknown) => call.emit('error', toStatus(error)));
    };
  }
}

function seenOf(call: ServerUnaryCall<unknown, unknown> | ServerWritableStream<unknown, unknown>): SeenCall {
  const controller = new AbortController();
  call.on('cancelled', () => controller.abort());
  return { metadata: call.metadata, deadlineAt: Number(call.getDeadline()), signal: controller.signal };
}

/** As services of ours say it: the code beside the status. */
function toStatus(error: unknown) {
  if (!(error instanceof CodedError))
    return { code: status.INTERNAL, details: String(error), metadata: new Metadata() };
  const metadata = new Metadata();
  metadata.set('viernes-error-code', error.code);
  return { code: ERRORS[error.code].grpc, details: 'secret details of the service', metadata };
}
