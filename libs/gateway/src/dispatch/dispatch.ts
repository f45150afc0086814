import { CodedError, type FieldErrorReason } from '@viernes/contracts';
import { traceparent } from '@viernes/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { inject } from 'light-my-request';
import { readSessionCookie } from '../auth/session-cookie.js';
import { REQUEST_TIMEOUT } from '../deadline/request-timeout.js';
import type { Problem } from '../problems/problem.js';
import { JSON_TYPE, type Operation, type ResponseOf } from '../routes/operation.js';
import { MAX_URL_LENGTH } from '../server/request-target.js';

/** The headers of a client that an operation reads, whatever API carries them. */
const FORWARDED_HEADERS = [
  'accept-language',
  'authorization',
  'traceparent',
  'user-agent',
  'viernes-canary',
  'viernes-position',
  'x-forwarded-for',
  REQUEST_TIMEOUT,
] as const;

/**
 * Limit of a message that carries a call. Its operation counts it in the limits of the client only after the message is
 * parsed, so that parsing must be cheap. The parameters that a URL can have fit in it.
 */
export const CALL_LIMIT_BYTES = 16 * 1024;

/** Replaces an empty path parameter, which would select another operation. Schemas of path parameters reject a space. */
const NO_VALUE = ' ';

/** JSON can contain half of a surrogate pair, a URL cannot. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The client of a call. */
export interface DispatchedClient {
  /** The IP address of the connection, or of the client behind trusted proxies. Limits apply to it. */
  readonly remoteAddress: string;
  /** The headers of the call. Those that operations do not read are ignored. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface DispatchedCall<Declared extends Operation> {
  readonly operation: Declared;
  /** The parameters of the path and the query by name. A list becomes a repeated parameter. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly client: DispatchedClient;
  /** Aborts if the client no longer waits. */
  readonly signal: AbortSignal;
}

/** Either the body of the operation or problem details. The headers have lower-case names. */
export interface DispatchedResponse<Declared extends Operation> {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: ResponseOf<Declared>;
  readonly problem?: Problem;
}

/**
 * Runs a read that another API carries (gRPC, SOAP, WebSocket), as a request within this process. All policies of the
 * operation apply to it as to a request over HTTP: it is authenticated, counted, limited, cached, traced, and logged.
 *
 * @throws CodedError REQUEST_INVALID if a value cannot be a parameter, URL_TOO_LONG
 * @throws Error if the signal aborts
 */
export async function dispatch<Declared extends Operation>(
  fastify: Pick<FastifyInstance, 'routing'>,
  { operation, input, client, signal }: DispatchedCall<Declared>,
): Promise<DispatchedResponse<Declared>> {
  if (operation.method !== 'GET') throw new Error(`${operation.operationId} is not a read`);
  // `fastify.inject` rejects every request as soon as the server begins to close.
  const response = await inject(fastify.routing, {
    method: 'GET',
    url: toUrl(operation.path, input),
    remoteAddress: client.remoteAddress,
    headers: { ...selectHeaders(client.headers), accept: JSON_TYPE },
    signal,
  });
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  const isSuccess = response.statusCode === operation.success.status;
  return isSuccess
    ? { headers, body: response.json<ResponseOf<Declared>>() }
    : { headers, problem: response.json<Problem>() };
}

/**
 * Returns the client of a request that carries calls, with its credentials, and with its trace, which the calls
 * continue. Must be called in the context of the request.
 */
export function clientOf(request: FastifyRequest): DispatchedClient {
  const token = readSessionCookie(request);
  const { authorization = token && `Bearer ${token}` } = request.headers;
  // The address is already that of the client behind the proxies.
  const replaced = { 'x-forwarded-for': undefined, authorization, traceparent: traceparent() };
  return { remoteAddress: request.ip, headers: { ...request.headers, ...replaced } };
}

function selectHeaders(headers: DispatchedClient['headers']): Record<string, string> {
  const selected: Record<string, string> = {};
  for (const name of FORWARDED_HEADERS) {
    const value = headers[name];
    if (value !== undefined) selected[name] = String(value);
  }
  return selected;
}

function toUrl(path: string, input: DispatchedCall<Operation>['input']): string {
  const names = new Set<string>();
  const target = path.replaceAll(/:([A-Za-z]+)/g, (_match, name: string) => {
    names.add(name);
    return encodeURIComponent(toText(name, input[name]) || NO_VALUE);
  });
  const query = new URLSearchParams();
  let { length } = target;
  for (const [name, value] of Object.entries(input)) {
    if (names.has(name) || value === undefined || value === null) continue;
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      const text = toText(name, item);
      length += name.length + text.length + '&='.length;
      // Checked before thousands of parameters are encoded, only to be rejected.
      if (length > MAX_URL_LENGTH) throw new CodedError('URL_TOO_LONG');
      query.append(name, text);
    }
  }
  return query.size > 0 ? `${target}?${query.toString()}` : target;
}

function toText(name: string, value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (LONE_SURROGATE.test(value)) throw invalid(name, 'unsupportedCharacters');
      return value;
    case 'number':
    case 'boolean':
      return String(value);
    case 'undefined':
      return '';
    default:
      throw invalid(name, 'string');
  }
}

function invalid(name: string, reason: FieldErrorReason): CodedError {
  return new CodedError('REQUEST_INVALID', {}, { fieldErrors: [{ path: name.slice(0, 100), reason }] });
}
