import { randomFillSync } from 'node:crypto';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);
const SAMPLED_FLAG = 1;

/** The content of a `traceparent` header. */
export interface TraceParent {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** The span of the caller: 16 lower-case hexadecimal digits. */
  readonly spanId: string;
  /** Whether the caller records the trace. */
  readonly isSampled: boolean;
}

/** Creates a trace ID: 32 lower-case hexadecimal digits. */
export function newTraceId(): string {
  return randomHex(16);
}

/** Creates a span ID: 16 lower-case hexadecimal digits. */
export function newSpanId(): string {
  return randomHex(8);
}

/**
 * Parses a `traceparent` header. Undefined if the header is absent or invalid.
 * @see https://www.w3.org/TR/trace-context/ section 3.2
 */
export function parseTraceparent(header: string | undefined): TraceParent | undefined {
  if (header === undefined) return undefined;
  const [, traceId = NO_TRACE, spanId = NO_SPAN, flags = '0'] = TRACEPARENT.exec(header) ?? [];
  if (traceId === NO_TRACE || spanId === NO_SPAN) return undefined;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & SAMPLED_FLAG) !== 0 };
}

/** Returns the trace ID of a `traceparent` header, undefined if the header is invalid. */
export function parseTraceId(header: string | undefined): string | undefined {
  return parseTraceparent(header)?.traceId;
}

/** Creates a `traceparent` header. */
export function formatTraceparent({ traceId, spanId, isSampled }: TraceParent): string {
  return `00-${traceId}-${spanId}-0${isSampled ? SAMPLED_FLAG : 0}`;
}

const pool = Buffer.alloc(4_096);
let offset = pool.length;

/**
 * Returns random bytes as lower-case hexadecimal digits, from a pool: one call of `randomFillSync` per ID costs ten
 * times as much.
 */
function randomHex(bytes: number): string {
  if (offset + bytes > pool.length) {
    randomFillSync(pool);
    offset = 0;
  }
  offset += bytes;
  return pool.toString('hex', offset - bytes, offset);
}
