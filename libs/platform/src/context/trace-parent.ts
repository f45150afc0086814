import { randomHex } from './random-hex.js';

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const NO_TRACE = '0'.repeat(32);

/** Creates a trace ID: 32 lower-case hexadecimal digits. */
export function newTraceId(): string {
  return randomHex(16);
}

/**
 * Returns the trace ID of a `traceparent` header, undefined if the header is invalid.
 * @see https://www.w3.org/TR/trace-context/ section 3.2
 */
export function parseTraceId(traceparent: string | undefined): string | undefined {
  const traceId = TRACEPARENT.exec(traceparent ?? '')?.[1];
  return traceId === NO_TRACE ? undefined : traceId;
}

/** Creates the header that continues a trace, with a new span ID. */
export function traceparent(traceId: string): string {
  return `00-${traceId}-${randomHex(8)}-01`;
}
