import { create } from '@bufbuild/protobuf';
import { Code, ConnectError, createContextKey, type HandlerContext } from '@connectrpc/connect';
import { CodedError, ERRORS } from '@viernes/contracts';
import { ProblemSchema } from '@viernes/contracts/public';
import {
  dispatch,
  REQUEST_TIMEOUT,
  toProblem,
  type DispatchedClient,
  type Operation,
  type Problem,
  type ResponseOf,
} from '@viernes/gateway';
import { newTraceId, type Logger } from '@viernes/platform';
import type { FastifyInstance } from 'fastify';

export const CLIENT = createContextKey<DispatchedClient>({ remoteAddress: '', headers: {} });

const ERROR_CODE = 'viernes-error-code';

/** Headers that a call returns from the response of the operation. */
const RESPONSE_HEADERS = ['age', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-trace-id'];

/** The minimum of Request-Timeout. A call with an earlier deadline is still canceled at its deadline. */
const MIN_TIMEOUT_MS = 100;
const MAX_TIMEOUT_MS = 999_999_000;

/** Runs an operation of the HTTP API for a call. @throws ConnectError */
export type RunCall = <Declared extends Operation>(
  operation: Declared,
  input: Readonly<Record<string, unknown>>,
  context: HandlerContext,
) => Promise<ResponseOf<Declared>>;

export function createRunCall(fastify: Pick<FastifyInstance, 'routing'>, logger: Logger): RunCall {
  return async (operation, input, context) => {
    const { signal, responseHeader } = context;
    const client = withDeadline(context.values.get(CLIENT), context.timeoutMs());
    const { headers, body, problem } = await dispatch(fastify, { operation, input, client, signal }).catch(
      (error: unknown) => {
        // The client has disconnected, or its deadline has passed.
        if (signal.aborted) throw ConnectError.from(signal.reason, Code.Canceled);
        throw toConnectError(toUnexpectedProblem(error, logger));
      },
    );
    for (const name of RESPONSE_HEADERS) if (headers[name] !== undefined) responseHeader.set(name, headers[name]);
    if (problem || body === undefined) throw toConnectError(problem ?? toUnexpectedProblem(undefined, logger));
    return body;
  };
}

function withDeadline(client: DispatchedClient, timeoutMs: number | undefined): DispatchedClient {
  if (timeoutMs === undefined) return client;
  const limitedMs = Math.min(Math.max(timeoutMs, MIN_TIMEOUT_MS), MAX_TIMEOUT_MS);
  return { ...client, headers: { ...client.headers, [REQUEST_TIMEOUT]: (limitedMs / 1_000).toFixed(3) } };
}

function toUnexpectedProblem(error: unknown, logger: Logger): Problem {
  const traceId = newTraceId();
  if (error instanceof CodedError) return toProblem(error.code, { url: '', traceId, fieldErrors: error.fieldErrors });
  logger.error({ err: error, traceId }, 'call failed');
  return toProblem('INTERNAL', { url: '', traceId });
}

/** gRPC and Connect use the same status numbers. */
function toConnectError({ type, title, status, code, traceId, errors = [] }: Problem): ConnectError {
  const grpcStatus: number = ERRORS[code].grpc;
  const value = create(ProblemSchema, {
    type,
    title,
    status,
    code,
    traceId,
    errors: errors.map((error) => ({ ...error })),
  });
  return new ConnectError(title, grpcStatus as Code, { [ERROR_CODE]: code }, [{ desc: ProblemSchema, value }]);
}
