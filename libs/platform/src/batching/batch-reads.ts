import { status, type ServiceError } from '@grpc/grpc-js';
import { CodedError, isTransient } from '@viernes/contracts';
import { currentContext, hasRole, runInContext, type RequestContext } from '../context/request-context.js';
import { readErrorCode } from '../grpc/error-translation.js';
import type { GrpcClient, RequestOf } from '../grpc/grpc-client.js';
import type { UnaryCall } from '../grpc/unary-calls.js';

/** Maximum number of calls of a batch. */
const MAX_CALLS = 32;

/** The deadlines of the calls of a batch differ by less than this, in milliseconds, because the earliest one applies. */
const DEADLINE_STEP_MS = 100;

/** Sends calls of one method as a batch. */
export interface BatchedRead<Definition, Request> {
  /** The method that receives the batch: `{ requests }`. It returns a BatchResult for each request, in their order. */
  readonly method: keyof Definition & string;
  /** Excludes slow reads: a batch takes as long as its slowest call. */
  readonly includes: (request: Request) => boolean;
}

export type BatchedReads<Definition> = {
  readonly [Name in keyof Definition]?: BatchedRead<Definition, RequestOf<Definition[Name]>>;
};

/** The result of one call of a batch. A call without a response is sent again separately, to receive its error. */
export interface BatchResult<Response> {
  readonly response: Response | undefined;
}

interface WaitingCall {
  readonly request: unknown;
  readonly context: RequestContext;
  readonly resolve: (response: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Group {
  readonly key: string;
  readonly calls: WaitingCall[];
}

/**
 * Changes methods of a client so that the calls of one iteration of the event loop become one call: while a process is
 * busy, many requests arrive in each iteration, and most of the CPU time of a small call is that of the call itself
 * (decision 56). A call that is alone is sent unchanged and immediately after the iteration.
 *
 * Only for reads with the same result for every caller with the same maximum age. The batch is sent without a caller.
 * Calls of editors, of sampled traces, and with limits are never part of a batch.
 */
export function batchReads<Definition>(
  client: GrpcClient<Definition>,
  reads: BatchedReads<Definition>,
): GrpcClient<Definition> {
  const calls = client as unknown as Readonly<Record<string, UnaryCall>>;
  const batched = Object.entries(reads as Readonly<Record<string, BatchedRead<Definition, unknown>>>).flatMap(
    ([name, { method, includes }]) => {
      const [call, callBatch] = [calls[name], calls[method]];
      return call && callBatch ? [[name, batch(call, callBatch, includes)]] : [];
    },
  );
  return { ...client, ...Object.fromEntries(batched) } as GrpcClient<Definition>;
}

/** Returns the response of one call of a batch, or no response if its request is the reason of a failure. */
export async function toBatchResult<Response>(work: Promise<Response>): Promise<BatchResult<Response>> {
  try {
    return { response: await work };
  } catch (error) {
    if (error instanceof CodedError && !isTransient(error)) return { response: undefined };
    throw error;
  }
}

function batch(call: UnaryCall, callBatch: UnaryCall, includes: (request: unknown) => boolean): UnaryCall {
  let groups: Group[] = [];
  const send = (): void => {
    const waiting = groups;
    groups = [];
    for (const { calls } of waiting) {
      for (let from = 0; from < calls.length; from += MAX_CALLS) {
        void sendTogether(call, callBatch, calls.slice(from, from + MAX_CALLS));
      }
    }
  };
  return (request, limits) => {
    const context = currentContext();
    const isSeparate = limits !== undefined || context.span !== undefined || hasRole(context.role, 'editor');
    if (isSeparate || !includes(request)) return call(request, limits);
    return new Promise((resolve, reject) => {
      if (groups.length === 0) setImmediate(send);
      const key = toGroupKey(context);
      let group = groups.find((one) => one.key === key);
      if (!group) groups.push((group = { key, calls: [] }));
      group.calls.push({ request, context, resolve, reject });
    });
  };
}

/** Calls with the same key have the same result for the same request. */
function toGroupKey({ maximumAge, position, isCanary, deadlineAt }: RequestContext): string {
  const deadline = deadlineAt === undefined ? '' : Math.trunc(deadlineAt / DEADLINE_STEP_MS);
  return `${maximumAge ?? ''} ${position ?? ''} ${isCanary ?? false} ${deadline}`;
}

async function sendTogether(call: UnaryCall, callBatch: UnaryCall, waiting: readonly WaitingCall[]): Promise<void> {
  const [first] = waiting;
  if (!first || waiting.length === 1) return sendSeparately(call, waiting);
  const { traceId, maximumAge, position, isCanary } = first.context;
  const deadlineAt = Math.min(...waiting.map(({ context }) => context.deadlineAt ?? Infinity));
  const shared: RequestContext = {
    traceId,
    ...(maximumAge !== undefined && { maximumAge }),
    ...(position && { position }),
    ...(isCanary && { isCanary }),
    ...(Number.isFinite(deadlineAt) && { deadlineAt }),
  };
  try {
    const requests = waiting.map(({ request }) => request);
    const { results } = (await runInContext(shared, () => callBatch({ requests }))) as {
      readonly results: readonly BatchResult<unknown>[];
    };
    const failed = waiting.filter(({ resolve }, index) => {
      const response = results[index]?.response;
      if (response !== undefined) resolve(response);
      return response === undefined;
    });
    sendSeparately(call, failed);
  } catch (error) {
    // Separate calls would also fail, and increase the load of a service that has failed.
    if (isTransient(error) && !isTooLarge(error)) for (const { reject } of waiting) reject(error);
    // For example, the version of the service before a rolling upgrade does not have the method.
    else sendSeparately(call, waiting);
  }
}

function sendSeparately(call: UnaryCall, waiting: readonly WaitingCall[]): void {
  for (const { request, context, resolve, reject } of waiting) {
    runInContext(context, () => call(request)).then(resolve, reject);
  }
}

/** Whether the transport rejected the size of the batch. */
function isTooLarge({ cause }: CodedError): boolean {
  return (cause as ServiceError | undefined)?.code === status.RESOURCE_EXHAUSTED && readErrorCode(cause) === undefined;
}
