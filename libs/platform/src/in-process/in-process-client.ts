import { Metadata, status, type MethodDefinition, type ServiceDefinition, type ServiceError } from '@grpc/grpc-js';
import type { CodedError } from '@viernes/contracts';
import { defer, from, fromEvent, map, takeUntil } from 'rxjs';
import { findContext } from '../context/request-context.js';
import { describeClientSpan } from '../grpc/call-span.js';
import { createCallMetadata, receiveResponseMetadata } from '../grpc/call-metadata.js';
import { fromServiceError } from '../grpc/error-translation.js';
import { computeDeadline, type CallLimits, type ClientPolicy, type GrpcClient } from '../grpc/grpc-client.js';
import { traced } from '../tracing/traced.js';
import { InProcessCall } from './in-process-call.js';
import type { InProcessServer } from './in-process-server.js';
import { readObservable } from './read-observable.js';

/**
 * Creates a client of a service in the same process, with the contract of `createGrpcClient`: a new request context
 * with the trace, caller, and deadline of the current one, the same errors, and no shared objects. It never retries:
 * the server is available exactly as long as the client.
 */
export function createInProcessClient<const Definition extends ServiceDefinition>(
  definition: Definition,
  server: InProcessServer,
  { timeoutMs }: Pick<ClientPolicy<Definition>, 'timeoutMs'>,
): GrpcClient<Definition> {
  const methods = Object.entries<MethodDefinition<unknown, unknown>>(definition).map(([name, method]) => [
    name,
    method.responseStream ? createStreamCall(server, method) : createUnaryCall(server, method, timeoutMs),
  ]);
  return { ...Object.fromEntries(methods), close: () => undefined } as GrpcClient<Definition>;
}

function createUnaryCall(
  server: InProcessServer,
  method: MethodDefinition<unknown, unknown>,
  defaultTimeoutMs: number,
) {
  const send = (request: unknown, { timeoutMs = defaultTimeoutMs, signal }: CallLimits): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const deadline = computeDeadline(timeoutMs);
      const call = new InProcessCall(method.path, createCallMetadata(), deadline);
      const context = findContext();
      const finish = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
      };
      // The method continues, and its result is dropped, like the result of a unary call over a network.
      const stop = (code: status): void => {
        finish();
        reject(toCodedError({ code }, method.path));
        call.cancel();
      };
      const cancel = (): void => stop(status.CANCELLED);
      const timeLeftMs = deadline - Date.now();
      const timer = timeLeftMs > 0 ? setTimeout(stop, timeLeftMs, status.DEADLINE_EXCEEDED) : undefined;
      if (!timer) return stop(status.DEADLINE_EXCEEDED);
      if (signal?.aborted) return cancel();
      signal?.addEventListener('abort', cancel, { once: true });
      defer(() => server.serve(method.path, method.requestSerialize(request), call)).subscribe({
        next: (bytes) => {
          if (context && call.responseMetadata) receiveResponseMetadata(context, call.responseMetadata);
          resolve(method.responseDeserialize(bytes));
        },
        error: (error: unknown) => {
          finish();
          reject(toCodedError(error, method.path));
        },
        complete: finish,
      });
    });
  const describe = () => describeClientSpan(method.path);
  return (request: unknown, limits: CallLimits = {}): Promise<unknown> => traced(describe, () => send(request, limits));
}

/** Reads the request context when the method is called, because the caller can iterate in another context. */
function createStreamCall(server: InProcessServer, method: MethodDefinition<unknown, unknown>) {
  return (request: unknown, { timeoutMs, signal }: CallLimits = {}): AsyncIterable<unknown> => {
    const deadline = timeoutMs === undefined ? Infinity : computeDeadline(timeoutMs);
    const call = new InProcessCall(method.path, createCallMetadata(), deadline);
    return readResponses(server, method, request, call, signal);
  };
}

async function* readResponses(
  server: InProcessServer,
  method: MethodDefinition<unknown, unknown>,
  request: unknown,
  call: InProcessCall,
  signal: AbortSignal | undefined,
): AsyncGenerator<unknown> {
  const timeLeftMs = call.getDeadline() - Date.now();
  const deadline = Number.isFinite(timeLeftMs) ? AbortSignal.timeout(Math.max(0, timeLeftMs)) : undefined;
  const stopping = AbortSignal.any([signal, deadline].filter((one) => one !== undefined));
  const cancel = (): void => call.cancel();
  stopping.addEventListener('abort', cancel, { once: true });
  try {
    const sent = method.requestStream
      ? from(request as AsyncIterable<unknown>).pipe(
          map((one) => method.requestSerialize(one)),
          takeUntil(fromEvent(call, 'cancelled')),
        )
      : method.requestSerialize(request);
    const responses = server.serve(method.path, sent, call);
    for await (const bytes of readObservable(responses, stopping)) yield method.responseDeserialize(bytes);
    if (deadline?.aborted && !signal?.aborted) throw { code: status.DEADLINE_EXCEEDED };
  } catch (error) {
    if (!signal?.aborted) throw toCodedError(error, method.path);
  } finally {
    stopping.removeEventListener('abort', cancel);
    cancel();
  }
}

/** Converts a failed status like `createGrpcClient`. An error without a status did not come from a controller. */
function toCodedError(error: unknown, path: string): CodedError {
  const { code = status.UNKNOWN, details = '', metadata = new Metadata() } = error as Partial<ServiceError>;
  const cause = Object.assign(new Error(`${code} ${status[code]}: ${details}`), { code, details, metadata });
  return fromServiceError(cause, path, true);
}
