import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT_CONTEXT, trace, TraceFlags, type Span, type SpanOptions, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { TracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace';
import { newSpanId, newTraceId, type TraceParent } from '../context/trace-parent.js';
import { SpanExports } from './span-exports.js';

const OTLP_TIMEOUT_MS = 5_000;
/** A receiver that does not respond must not delay the exit of the process. */
const SHUTDOWN_TIMEOUT_MS = 2_000;
const MAX_ATTRIBUTE_LENGTH = 2_000;
const MAX_ATTRIBUTES = 32;

/** The name, kind, and attributes of a span, by the semantic conventions of OpenTelemetry. Never personal data. */
export interface SpanDescription extends Pick<SpanOptions, 'kind' | 'attributes' | 'startTime'> {
  /** With few different values: `GET /v1/titles/:id`. */
  readonly name: string;
}

interface Tracing {
  readonly tracer: Tracer;
  readonly provider: TracerProvider;
  readonly exports: SpanExports;
}

let tracing: Tracing | undefined;
/** The SDK generates the ID of a new trace, but a request has its ID before it has a span. */
let nextTraceId: string | undefined;

export interface TracingOptions {
  /** `service.name` of the spans: `catalog`. */
  readonly service: string;
  /** The URL of an OTLP/HTTP receiver without `/v1/traces`: `http://collector:4318`. */
  readonly endpoint?: string | undefined;
}

/**
 * Starts to record the spans of this process. Before this call, and without an exporter, the other functions have no effect.
 * The callers decide which traces are sampled.
 */
export function startTracing({ service, endpoint }: TracingOptions): void {
  const exports = new SpanExports();
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': service,
      'service.namespace': 'viernes',
      'service.instance.id': randomUUID(),
      'host.name': hostname(),
    }),
    idGenerator: { generateTraceId: () => nextTraceId ?? newTraceId(), generateSpanId: newSpanId },
    spanLimits: { attributeValueLengthLimit: MAX_ATTRIBUTE_LENGTH, attributeCountLimit: MAX_ATTRIBUTES },
    spanProcessors: [exports],
  });
  tracing = { tracer: provider.getTracer('viernes'), provider, exports };
  if (endpoint !== undefined) {
    const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
    addSpanExporter('otlp', () => new OTLPTraceExporter({ url, timeoutMillis: OTLP_TIMEOUT_MS }));
  }
}

/**
 * Adds an exporter to this process. In the monolith, several applications add one with the same name, and the first one
 * exports the spans of all.
 */
export function addSpanExporter(name: string, create: () => SpanExporter): void {
  tracing?.exports.add(name, create);
}

/** Exports the spans that have ended. */
export async function flushSpans(): Promise<void> {
  await tracing?.exports.forceFlush();
}

/** Exports the spans that have ended, for up to 2 s, and stops recording. */
export async function stopTracing(): Promise<void> {
  const stopping = tracing;
  tracing = undefined;
  if (stopping)
    await Promise.race([stopping.provider.shutdown(), delay(SHUTDOWN_TIMEOUT_MS, undefined, { ref: false })]);
}

/**
 * Starts the first span of this process in a sampled trace. Undefined if the process does not record spans.
 *
 * @param spanId of the caller, undefined for a new trace
 */
export function startTrace(
  { traceId, spanId }: Pick<TraceParent, 'traceId'> & { readonly spanId?: string | undefined },
  { name, ...options }: SpanDescription,
): Span | undefined {
  if (!tracing || tracing.exports.isEmpty) return undefined;
  if (spanId !== undefined) {
    const parent = { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
    return tracing.tracer.startSpan(name, options, trace.setSpanContext(ROOT_CONTEXT, parent));
  }
  nextTraceId = traceId;
  try {
    return tracing.tracer.startSpan(name, options, ROOT_CONTEXT);
  } finally {
    nextTraceId = undefined;
  }
}

/** Starts a child of a span in this process. */
export function startChild(parent: Span, { name, ...options }: SpanDescription): Span | undefined {
  return tracing?.tracer.startSpan(name, options, trace.setSpan(ROOT_CONTEXT, parent));
}
