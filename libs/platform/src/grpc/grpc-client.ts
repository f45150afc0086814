import { once } from 'node:events';
import {
  Client,
  connectivityState,
  credentials,
  status,
  type CallOptions,
  type ClientDuplexStream,
  type ClientReadableStream,
  type ClientUnaryCall,
  type MethodDefinition,
  type ServiceDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import type { CodedError } from '@viernes/contracts';
import { currentContext, findContext } from '../context/request-context.js';
import { traced } from '../tracing/traced.js';
import { describeClientSpan } from './call-span.js';
import { createCallMetadata, receiveResponseMetadata } from './call-metadata.js';
import { fromServiceError } from './error-translation.js';
import { toPollingTarget } from './polling-dns-resolver.js';
import { serviceConfig } from './service-config.js';

export interface CallLimits {
  /** Overrides the timeout of the client. The deadline of the current request still applies. */
  readonly timeoutMs?: number;
  /** Cancels the call. */
  readonly signal?: AbortSignal;
}

/** Larger responses fail. */
export const MAX_RESPONSE_BYTES = 8 * 1024 * 1024;

/** Maximum number of new attempts for a call that no server has begun. */
const MAX_REFUSALS = 4;

export type RequestOf<Method> = Method extends { requestSerialize: (value: infer Request) => Buffer } ? Request : never;
type ResponseOf<Method> = Method extends { responseDeserialize: (bytes: Buffer) => infer Response } ? Response : never;

/**
 * A client with the methods of its definition: promises for unary methods, async iterables for server streams and for
 * both directions of bidirectional streams.
 */
export type GrpcClient<Definition> = {
  readonly [Name in keyof Definition]: Definition[Name] extends { responseStream: true }
    ? (
        request: Definition[Name] extends { requestStream: true }
          ? AsyncIterable<RequestOf<Definition[Name]>>
          : RequestOf<Definition[Name]>,
        limits?: CallLimits,
      ) => AsyncIterable<ResponseOf<Definition[Name]>>
    : (request: RequestOf<Definition[Name]>, limits?: CallLimits) => Promise<ResponseOf<Definition[Name]>>;
} & { readonly close: () => void };

export interface ClientPolicy<Definition> {
  /** Methods that are safe to retry while the server is unavailable. */
  readonly idempotent: readonly (keyof Definition & string)[];
  /** Maximum duration of a unary call. Streams have no limit by default. */
  readonly timeoutMs: number;
}

/** Creates clients of one service, over gRPC or in the same process. */
export type ClientFactory = <const Definition extends ServiceDefinition>(
  definition: Definition,
  policy: ClientPolicy<Definition>,
) => GrpcClient<Definition>;

/**
 * Creates a client with our policy: calls are balanced over all addresses, the remaining time is forwarded, idempotent calls
 * are retried within a budget, and the caller and trace of the current request are forwarded.
 *
 * @param address `dns:///host:port`; every address behind the name is used
 * @returns methods that reject with the CodedError that the service threw, DEADLINE_EXCEEDED if the service was too slow,
 *   and DEPENDENCY_UNAVAILABLE if it was not reachable
 */
export function createGrpcClient<const Definition extends ServiceDefinition>(
  definition: Definition,
  address: string,
  policy: ClientPolicy<Definition>,
): GrpcClient<Definition> {
  const client = new Client(toPollingTarget(address), credentials.createInsecure(), {
    'grpc.service_config': serviceConfig(definition, policy.idempotent),
    // The address of a pod whose node failed drops packets: without pings, every call there would wait for its deadline.
    // Not shorter: a pod that gets no CPU time for some seconds is still alive.
    'grpc.keepalive_time_ms': 5_000,
    'grpc.keepalive_timeout_ms': 5_000,
    'grpc.initial_reconnect_backoff_ms': 200,
    'grpc.max_reconnect_backoff_ms': 3_000,
    'grpc.dns_min_time_between_resolutions_ms': 1_000,
    // The service config above applies, not one from a TXT record.
    'grpc.service_config_disable_resolution': 1,
    'grpc.max_receive_message_length': MAX_RESPONSE_BYTES,
  });
  const methods = Object.entries<MethodDefinition<unknown, unknown>>(definition).map(([name, method]) => [
    name,
    method.responseStream ? createStreamCall(client, method) : createUnaryCall(client, method, policy.timeoutMs),
  ]);
  return { ...Object.fromEntries(methods), close: () => client.close() } as GrpcClient<Definition>;
}

/** The message of a response. Removed when the call finishes: see createUnaryCall. */
interface Received {
  message: unknown;
}

/**
 * The objects of a finished call of `node:http2` stay in memory until the next major collection (decision 39). Therefore,
 * they have no reference to the response: neither to its message, nor to the promise.
 */
function createUnaryCall(client: Client, method: MethodDefinition<unknown, unknown>, timeoutMs: number) {
  const { path, requestSerialize, responseDeserialize } = method;
  const deserialize = (bytes: Buffer): Received => ({ message: responseDeserialize(bytes) });
  const call = async (request: unknown, limits: CallLimits): Promise<unknown> => {
    const metadata = createCallMetadata();
    const context = findContext();
    const options = { deadline: computeDeadline(limits.timeoutMs ?? timeoutMs) };
    let result: { resolve: (message: unknown) => void; reject: (error: Error) => void } | undefined;
    const promise = new Promise((resolve, reject) => (result = { resolve, reject }));
    let refusals = 0;
    let call: ClientUnaryCall;
    const cancel = (): void => call.cancel();
    const finish = (error: ServiceError | null, received: Received = { message: undefined }): void => {
      if (error && isRefused(error) && !limits.signal?.aborted && ++refusals <= MAX_REFUSALS) return start();
      limits.signal?.removeEventListener('abort', cancel);
      if (error) result?.reject(toCodedError(client, error, path));
      else result?.resolve(received.message);
      received.message = undefined;
      result = undefined;
    };
    const start = (): void => {
      call = client.makeUnaryRequest(path, requestSerialize, deserialize, request, metadata, options, finish);
      if (context && (context.position ?? context.idempotencyKey) !== undefined) {
        call.on('metadata', (received) => receiveResponseMetadata(context, received));
      }
    };
    start();
    if (limits.signal?.aborted) cancel();
    else limits.signal?.addEventListener('abort', cancel, { once: true });
    return promise;
  };
  const describe = () => describeClientSpan(path);
  return (request: unknown, limits: CallLimits = {}): Promise<unknown> => traced(describe, () => call(request, limits));
}

/**
 * Whether a closing connection rejected the call before a server began it. grpc-js retries such a call once, which is not
 * enough if several pods close at the same time. Only this text identifies the case.
 */
function isRefused({ code, details }: ServiceError): boolean {
  return code === status.UNAVAILABLE && details === 'Stream refused by server';
}

/** Reads the request context when the method is called, because the caller can iterate in another context. */
function createStreamCall(client: Client, method: MethodDefinition<unknown, unknown>) {
  return (request: unknown, limits: CallLimits = {}): AsyncIterable<unknown> => {
    const metadata = createCallMetadata();
    const options: CallOptions = limits.timeoutMs === undefined ? {} : { deadline: computeDeadline(limits.timeoutMs) };
    const { path, requestSerialize, responseDeserialize } = method;
    const open = () => {
      if (!method.requestStream)
        return client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request, metadata, options);
      const stream = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadata, options);
      void sendRequests(stream, request as AsyncIterable<unknown>);
      return stream;
    };
    return readResponses(client, open, path, limits.signal);
  };
}

/** Reads the next request when the stream can send it. A failure of the requests cancels the call. */
async function sendRequests(stream: ClientDuplexStream<unknown, unknown>, requests: AsyncIterable<unknown>) {
  const ended = new AbortController();
  stream.once('status', () => ended.abort());
  try {
    for await (const request of requests) {
      if (ended.signal.aborted) return;
      if (!stream.write(request)) await once(stream, 'drain', ended);
    }
    stream.end();
  } catch {
    stream.cancel();
  }
}

async function* readResponses(
  client: Client,
  open: () => ClientReadableStream<unknown>,
  path: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<unknown> {
  const stream = open();
  const cancel = (): void => stream.cancel();
  if (signal?.aborted) cancel();
  else signal?.addEventListener('abort', cancel, { once: true });
  try {
    for await (const response of stream) yield response;
  } catch (error) {
    if (!signal?.aborted) throw toCodedError(client, error as ServiceError, path);
  } finally {
    signal?.removeEventListener('abort', cancel);
    cancel();
  }
}

/** A deadline that passes while there is no connection means that the service is unavailable, not that it is slow. */
function toCodedError(client: Client, error: ServiceError, path: string): CodedError {
  const isConnected = client.getChannel().getConnectivityState(false) === connectivityState.READY;
  return fromServiceError(error, path, isConnected);
}

/**
 * Returns the deadline of a call in epoch milliseconds: the end of its timeout, or the deadline of the current request
 * if that is earlier.
 */
export function computeDeadline(timeoutMs: number): number {
  return Math.min(Date.now() + timeoutMs, currentContext().deadlineAt ?? Infinity);
}
