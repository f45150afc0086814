import { randomBytes } from 'node:crypto';

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const NO_TRACE = '0'.repeat(32);

/** A fresh trace id: 32 lower-case hexadecimal digits. */
export function newTraceId(): string {
  return randomBytes(16).toString('hex');
}

/**
 * The trace id of a `traceparent` header, or undefined where it is not one.
 * @see https://www.w3.org/TR/trace-context/ section 3.2
 */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  const traceId = TRACEPARENT.exec(traceparent ?? '')?.[1];
  return traceId === NO_TRACE ? undefined : traceId;
}

/** The header that carries a trace on, with a span id of its own. */
export function traceparent(traceId: string): string {
  return `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
}
