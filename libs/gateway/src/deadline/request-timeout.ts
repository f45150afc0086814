import { CodedError, type FieldErrorReason } from '@viernes/contracts';
import type { FastifyRequest } from 'fastify';
import { DEFAULT_TIMEOUT_MS } from '../routes/operation.js';
import { routeConfigOf } from '../routes/route-config.js';

export const REQUEST_TIMEOUT = 'request-timeout';

const SECONDS = /^\d{1,6}(?:\.\d{1,3})?$/;

/** A shorter timeout would end before a service can respond. */
const MIN_SECONDS = 0.1;

/**
 * Returns the milliseconds until the response to a request must be complete: the timeout of its operation, or less if the
 * client sends `Request-Timeout` in seconds. A longer timeout than that of the operation is valid, but has no effect.
 *
 * @throws CodedError REQUEST_INVALID
 */
export function timeoutOf(request: FastifyRequest): number {
  const { headers } = request;
  const timeoutMs = ownTimeoutOf(request);
  const value = headers[REQUEST_TIMEOUT];
  if (value === undefined) return timeoutMs;
  if (typeof value !== 'string' || !SECONDS.test(value)) throw invalid('number');
  if (Number(value) < MIN_SECONDS) throw invalid('minimum', { minimum: MIN_SECONDS });
  return Math.min(timeoutMs, Number(value) * 1_000);
}

/**
 * Whether the client waits for less time than the operation can take. Then, a timeout does not show that a service is
 * slow.
 */
export function isShortenedByClient(request: FastifyRequest): boolean {
  return timeoutOf(request) < ownTimeoutOf(request);
}

function ownTimeoutOf(request: FastifyRequest): number {
  return routeConfigOf(request).operation?.timeoutMs ?? DEFAULT_TIMEOUT_MS;
}

function invalid(reason: FieldErrorReason, values: Readonly<Record<string, number>> = {}): CodedError {
  return new CodedError('REQUEST_INVALID', {}, { fieldErrors: [{ path: REQUEST_TIMEOUT, reason, values }] });
}
