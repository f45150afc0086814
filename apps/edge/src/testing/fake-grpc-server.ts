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
type Responses<Method> = Method extends { responseDeserialize: (bytes: Buffer) => infer Response } ? Response : never;

/** The properties of a call that a handler can inspect. */
export interface CallInfo {
  readonly metadata: Metadata;
  readonly deadlineAt: number;
  readonly signal: AbortSignal;
  /** Sends metadata before the response. */
  readonly sendMetadata: (metadata: Metadata) => void;
}

export type Handlers<Definition> = {
  -readonly [Name in keyof Definition]?: Definition[Name] extends { responseStream: true }
    ? (
        request: Definition[Name] extends { requestStream: true }
          ? AsyncIterable<Requests<Definition[Name]>>
          : Requests<Definition[Name]>,
        call: CallInfo,
      ) => AsyncIterable<Responses<Definition[Name]>>
    : (
        request: Requests<Definition[Name]>,
        call: CallInfo,
      ) => Responses<Definition[Name]> | Promise<Responses<Definition[Name]>>;
};

type UntypedHandler = (request: unknown, call: CallInfo) => unknown;

/** The services accept larger requests than gRPC does by default. */
const OPTIONS = { 'grpc.max_receive_message_length': 8 * 1024 * 1024 };

/** A gRPC server whose handlers are defined by the test. */
export class FakeGrpcServer<Definition extends ServiceDefinition> {
  handlers: Handlers<Definition> = {};
  private server = new Server(OPTIONS);
  private port = 0;

  constructor(private readonly definition: Definition) {}

  get target(): string {
    return `dns:///127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.server = new Server(OPTIONS);
    const implementation: UntypedServiceImplementation = {};
    for (const [name, method] of Object.entries(this.definition)) {
      implementation[name] = method.responseStream ? this.stream(name, method.requestStream) : this.unary(name);
    }
    this.server.addService(this.definition, implementation);
    const address = `127.0.0.1:${this.port}`;
    this.port = await new Promise((resolve, reject) => {
      this.server.bindAsync(address, ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
  }

  /** Closes all connections, like a killed process. `start` restarts it on the same port. */
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
      void (async () => this.handler(name)(call.request, toCallInfo(call)))().then(
        (response) => callback(null, response),
        (error: unknown) => callback(toStatus(error)),
      );
    };
  }

  private stream(name: string, isBidirectional: boolean) {
    return (call: ServerWritableStream<unknown, unknown>): void => {
      // The call is also the stream of its requests.
      const request = isBidirectional ? call : call.request;
      void (async () => {
        for await (const response of this.handler(name)(request, toCallInfo(call)) as AsyncIterable<unknown>) {
          call.write(response);
        }
        call.end();
      })().catch((error: unknown) => call.emit('error', toStatus(error)));
    };
  }
}

function toCallInfo(call: ServerUnaryCall<unknown, unknown> | ServerWritableStream<unknown, unknown>): CallInfo {
  const controller = new AbortController();
  call.on('cancelled', () => controller.abort());
  return {
    metadata: call.metadata,
    deadlineAt: Number(call.getDeadline()),
    signal: controller.signal,
    sendMetadata: (metadata) => call.sendMetadata(metadata),
  };
}

/** Sends the error code and the invalid fields as metadata, as the services do. */
function toStatus(error: unknown) {
  if (!(error instanceof CodedError))
    return { code: status.INTERNAL, details: String(error), metadata: new Metadata() };
  const metadata = new Metadata();
  metadata.set('viernes-error-code', error.code);
  if (error.fieldErrors.length > 0)
    metadata.set('viernes-field-errors-bin', Buffer.from(JSON.stringify(error.fieldErrors)));
  return { code: ERRORS[error.code].grpc, details: 'secret details of the service', metadata };
}
