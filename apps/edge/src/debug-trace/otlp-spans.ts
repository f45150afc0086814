import { z } from 'zod';
import type { SpanResponse } from './debug-trace.operations.js';

const anyValue = z
  .object({ stringValue: z.string(), boolValue: z.boolean(), intValue: z.coerce.number(), doubleValue: z.number() })
  .partial();

const keyValues = z.array(z.object({ key: z.string(), value: anyValue })).default([]);

const otlpSpan = z.object({
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.int(),
  startTimeUnixNano: z.coerce.bigint(),
  endTimeUnixNano: z.coerce.bigint(),
  attributes: keyValues,
  status: z.object({ code: z.int().default(0) }).default({ code: 0 }),
});

const exportRequest = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: keyValues }),
      scopeSpans: z.array(z.object({ spans: z.array(otlpSpan) })),
    }),
  ),
});

/** The index is the number of the kind in OTLP, in which 0 means unspecified. */
const KINDS = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const ERROR_STATUS = 2;
const NS_PER_MS = 1_000_000;

/**
 * Reads the spans of several OTLP requests, each span once, by start time. Skips a request that cannot be decoded, because
 * requests are published without validation.
 *
 * @see opentelemetry-proto, JSON encoding of OTLP
 */
export function readSpans(requests: readonly Uint8Array[]): SpanResponse[] {
  const spans = requests.flatMap((bytes) =>
    parseRequest(bytes).flatMap(({ resource, scopeSpans }) => {
      const service = String(toAttributes(resource.attributes)['service.name'] ?? 'unknown');
      return scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ service, ...span })));
    }),
  );
  const unique = [...new Map(spans.map((span) => [span.spanId, span])).values()];
  unique.sort((a, b) => (a.startTimeUnixNano < b.startTimeUnixNano ? -1 : 1));
  const firstNs = unique[0]?.startTimeUnixNano ?? 0n;
  return unique.map(({ startTimeUnixNano, endTimeUnixNano, status, ...span }) => {
    const attributes = toAttributes(span.attributes);
    return {
      spanId: span.spanId,
      parentSpanId: span.parentSpanId ?? null,
      service: span.service,
      name: span.name,
      kind: KINDS[span.kind] ?? 'internal',
      startedAt: new Date(toMs(startTimeUnixNano)).toISOString(),
      offsetMs: toMs(startTimeUnixNano - firstNs),
      durationMs: toMs(endTimeUnixNano - startTimeUnixNano),
      error: status.code === ERROR_STATUS ? String(attributes['error.type'] ?? 'unknown') : null,
      attributes,
    };
  });
}

function parseRequest(bytes: Uint8Array): z.infer<typeof exportRequest>['resourceSpans'] {
  try {
    return exportRequest.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))).resourceSpans;
  } catch {
    return [];
  }
}

function toAttributes(attributes: z.infer<typeof keyValues>): SpanResponse['attributes'] {
  return Object.fromEntries(
    attributes.flatMap(({ key, value }) => {
      const [found] = Object.values(value);
      return found === undefined ? [] : [[key, found]];
    }),
  );
}

function toMs(ns: bigint): number {
  return Number(ns) / NS_PER_MS;
}
