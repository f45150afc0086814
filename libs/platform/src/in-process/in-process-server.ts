import { AsyncLocalStorage } from 'node:async_hooks';
import { Metadata, status, type MethodDefinition, type ServiceDefinition, type StatusObject } from '@grpc/grpc-js';
import type { MessageHandler } from '@nestjs/microservices';
import { concatMap, finalize, from, isObservable, map, Observable, of, tap, throwError } from 'rxjs';
import type { ServerPort } from '../grpc/grpc-ports.js';
import { MAX_RESPONSE_BYTES } from '../grpc/grpc-client.js';
import { MAX_REQUEST_BYTES } from '../grpc/server-options.js';
import type { InProcessCall } from './in-process-call.js';

interface Method {
  readonly definition: MethodDefinition<unknown, unknown>;
  readonly handle: (request: unknown, metadata: Metadata, call: InProcessCall) => Promise<unknown>;
}

/**
 * Serves the gRPC methods of one Nest application to clients in the same process, with the guards, pipes, and filters
 * of the application. Messages pass as bytes of the generated codecs, so that both sides share no objects and see the
 * same default values as over a network.
 */
export class InProcessServer implements ServerPort {
  private readonly methods = new Map<string, Method>();
  private isListening = false;
  private inFlight = 0;
  private drained: (() => void) | undefined;
  /**
   * Runs a call in the asynchronous context of the server, as if it had arrived on a socket, so that it cannot use the
   * context of the caller.
   */
  private enter: <Result>(work: () => Result) => Result = (work) => work();

  /** @param definitions by full name: `{ 'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService }` */
  constructor(private readonly definitions: Readonly<Record<string, ServiceDefinition>>) {}

  addHandler(pattern: unknown, callback: MessageHandler): void {
    // Nest declares the type of other transports. Handlers of gRPC methods also receive the call.
    const handle = callback as unknown as Method['handle'];
    const { service, rpc } = pattern as { readonly service: string; readonly rpc: string };
    for (const [fullName, methods] of Object.entries(this.definitions)) {
      const definition = methods[rpc];
      if (definition && fullName.endsWith(`.${service}`)) this.methods.set(definition.path, { definition, handle });
    }
  }

  listen(callback: () => void): void {
    this.enter = AsyncLocalStorage.snapshot();
    this.isListening = true;
    callback();
  }

  /** Rejects new calls. Resolves once the calls in flight have finished. */
  async close(): Promise<void> {
    this.isListening = false;
    if (this.inFlight > 0) await new Promise<void>((resolve) => (this.drained = resolve));
  }

  /**
   * Calls a method.
   *
   * @param path `/viernes.catalog.v1.CatalogService/GetTitle`
   * @param request the serialized request, or the requests of a method that receives a stream
   * @returns the serialized responses. Fails with the status that a gRPC server would send
   */
  serve(path: string, request: Buffer | Observable<Buffer>, call: InProcessCall): Observable<Buffer> {
    if (!this.isListening) return fail(status.UNAVAILABLE, 'the service does not accept calls');
    const method = this.methods.get(path);
    if (!method) return fail(status.UNIMPLEMENTED, `no method ${path}`);
    const { definition, handle } = method;
    if (Buffer.isBuffer(request) && request.length > MAX_REQUEST_BYTES) return fail(...TOO_LARGE);
    const received = Buffer.isBuffer(request)
      ? () => definition.requestDeserialize(request)
      : () => request.pipe(map((bytes) => deserializeWithinLimit(definition, bytes)));
    return new Observable<Buffer>((subscriber) => {
      this.inFlight += 1;
      const handled = this.enter(() => handle(received(), call.metadata, call));
      const subscription = from(Promise.resolve(handled))
        .pipe(
          concatMap((responses) => (isObservable(responses) ? responses : of(responses))),
          // Nest resolves promises inside the observable.
          concatMap((response) => (response instanceof Promise ? from(response) : of(response))),
          map((response) => definition.responseSerialize(response)),
          tap((bytes) => {
            if (bytes.length > MAX_RESPONSE_BYTES)
              throw toStatus(status.RESOURCE_EXHAUSTED, 'the response is too large');
          }),
          finalize(() => this.finish()),
        )
        .subscribe(subscriber);
      return subscription;
    });
  }

  private finish(): void {
    this.inFlight -= 1;
    if (this.inFlight === 0) this.drained?.();
  }
}

const TOO_LARGE = [status.RESOURCE_EXHAUSTED, 'the request is too large'] as const;

function deserializeWithinLimit({ requestDeserialize }: Method['definition'], bytes: Buffer): unknown {
  if (bytes.length > MAX_REQUEST_BYTES) throw toStatus(...TOO_LARGE);
  return requestDeserialize(bytes);
}

function fail(code: status, details: string): Observable<never> {
  return throwError(() => toStatus(code, details));
}

/** Creates the error of a call that the transport rejects. */
function toStatus(code: status, details: string): StatusObject {
  return { code, details, metadata: new Metadata() };
}
