import {
  Client,
  credentials,
  status,
  type CallOptions,
  type ClientReadableStream,
  type ClientUnaryCall,
  type MethodDefinition,
  type ServiceDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import { currentContext } from '../context/request-context.js';
import { callMetadata } from './call-metadata.js';
import { fromServiceError } from './error-translation.js';
import { renewedTarget } from './polling-dns-resolver.js';
import { serviceConfig } from './service-config.js';

export interface CallLimits {
  /** Shorter or longer than the client's own; the current call's deadline holds all the same. */
  readonly timeoutMs?: number;
  /** Gives the call up. */
  readonly signal?: AbortSignal;
}

/** How often a call is started again that no server has begun. */
const MAX_REFUSALS = 4;

type Requests<Method> = Method extends { requestSerialize: (value: infer Request) => Buffer } ? Request : never;
type Answers<Method> = Method extends { responseDeserialize: (bytes: Buffer) => infer Answer } ? Answer : never;

/** A client as its definition describes it: promises for unary methods, async iterables for server streams. */
export type GrpcClient<Definition> = {
  readonly [Name in keyof Definition]: Definition[Name] extends { responseStream: true }
    ? (request: Requests<Definition[Name]>, limits?: CallLimits) => AsyncIterable<Answers<Definition[Name]>>
    : (request: Requests<Definition[Name]>, limits?: CallLimits) => Promise<Answers<Definition[Name]>>;
} & { readonly close: () => void };

export interface ClientPolicy<Definition> {
  /** Methods that may be repeated when the other side is away. */
  readonly idempotent: readonly (keyof Definition & string)[];
  /** How long a unary call may take; streams have no limit of their own. */
  readonly timeoutMs: number;
}

/**
 * A client with our policy: balanced over all addresses, deadlines that shrink along the way, retries of idempotent
 * calls with a budget, the caller and trace of the current call passed on.
 *
 * @param address `dns:///host:port`; every address behind the name is used
 * @returns methods that reject with the CodedError that the service threw; DEPENDENCY_UNAVAILABLE and DEADLINE_EXCEEDED
 *   where it did not answer
 */
export function createGrpcClient<const Definition extends ServiceDefinition>(
  definition: Definition,
  address: string,
  policy: ClientPolicy<Definition>,
): GrpcClient<Definition> {
  const client = new Client(renewedTarget(address), credentials.createInsecure(), {
    'grpc.service_config': serviceConfig(definition, policy.idempotent),
    // The address of a pod whose node died swallows packets: without pings every call there would wait for its deadline.
    // A pod that has no processor to run on for some seconds is not dead.
    'grpc.keepalive_time_ms': 5_000,
    'grpc.keepalive_timeout_ms': 5_000,
    'grpc.initial_reconnect_backoff_ms': 200,
    'grpc.max_reconnect_backoff_ms': 3_000,
    'grpc.dns_min_time_between_resolutions_ms': 1_000,
    // Our policy is the one above, whatever a TXT record says.
    'grpc.service_config_disable_resolution': 1,
    'grpc.max_receive_message_length': 8 * 1024 * 1024,
  });
  const methods = Object.entries<MethodDefinition<unknown, unknown>>(definition).map(([name, method]) => [
    name,
    method.responseStream ? streamCall(client, method) : unaryCall(client, method, policy.timeoutMs),
  ]);
  return { ...Object.fromEntries(methods), close: () => client.close() } as GrpcClient<Definition>;
}

function unaryCall(client: Client, method: MethodDefinition<unknown, unknown>, timeoutMs: number) {
  return (request: unknown, limits: CallLimits = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const metadata = callMetadata();
      const options = { deadline: deadline(limits.timeoutMs ?? timeoutMs) };
      let refusals = 0;
      let call: ClientUnaryCall;
      const cancel = (): void => call.cancel();
      const settle = (error: ServiceError | null, answer?: unknown): void => {
        if (error && isRefused(error) && !limits.signal?.aborted && ++refusals <= MAX_REFUSALS) return start();
        limits.signal?.removeEventListener('abort', cancel);
        if (error) reject(fromServiceError(error, method.path));
        else resolve(answer);
      };
      const start = (): void => {
        const { path, requestSerialize, responseDeserialize } = method;
        call = client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, metadata, options, settle);
      };
      start();
      limits.signal?.addEventListener('abort', cancel, { once: true });
    });
}

/**
 * Whether the call met connections that were just being closed, and no server has begun it. grpc-js itself repeats such a
 * call once, which is not enough where several pods go at the same time; it tells it by this text alone.
 */
function isRefused({ code, details }: ServiceError): boolean {
  return code === status.UNAVAILABLE && details === 'Stream refused by server';
}

/** The call's context is taken when the method is called: whoever iterates later may stand outside of it. */
function streamCall(client: Client, method: MethodDefinition<unknown, unknown>) {
  return (request: unknown, limits: CallLimits = {}): AsyncIterable<unknown> => {
    const metadata = callMetadata();
    const options: CallOptions = limits.timeoutMs === undefined ? {} : { deadline: deadline(limits.timeoutMs) };
    const open = () =>
      client.makeServerStreamRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        metadata,
        options,
      );
    return answersOf(open, method.path, limits.signal);
  };
}

async function* answersOf(
  open: () => ClientReadableStream<unknown>,
  path: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<unknown> {
  const stream = open();
  const cancel = (): void => stream.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    for await (const answer of stream) yield answer;
  } catch (error) {
    if (!signal?.aborted) throw fromServiceError(error as ServiceError, path);
  } finally {
    signal?.removeEventListener('abort', cancel);
    cancel();
  }
}

function deadline(timeoutMs: number): number {
  return Math.min(Date.now() + timeoutMs, currentContext().deadlineAt ?? Infinity);
}
