import type { TraceSpans } from '@viernes/platform';

/** Memory limit of all traces. */
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_TRACE_BYTES = 1024 * 1024;
/** The topic retains spans for the same time. */
const MAX_AGE_MS = 3_600_000;

interface StoredTrace {
  readonly receivedAt: number;
  readonly requests: Uint8Array[];
  bytes: number;
}

/** Stores the encoded spans of recent traces of all processes. Discards the oldest traces first. */
export class TraceStore {
  private readonly traces = new Map<string, StoredTrace>();
  private bytes = 0;

  constructor(private readonly maxBytes = MAX_BYTES) {}

  /** Ignores spans with which the trace would exceed 1 MiB. */
  add({ traceId, otlpJson }: TraceSpans, now = Date.now()): void {
    const size = otlpJson.byteLength;
    let trace = this.traces.get(traceId);
    if ((trace?.bytes ?? 0) + size > MAX_TRACE_BYTES) return;
    if (!trace) this.traces.set(traceId, (trace = { receivedAt: now, requests: [], bytes: 0 }));
    // A copy, because the bytes are a slice of the response of a Kafka broker: they would keep all of it in memory.
    trace.requests.push(new Uint8Array(otlpJson));
    trace.bytes += size;
    this.bytes += size;
    this.discardOld(now);
  }

  /** Returns the spans as OTLP requests in JSON, or none if the trace is unknown. */
  find(traceId: string, now = Date.now()): readonly Uint8Array[] {
    this.discardOld(now);
    return this.traces.get(traceId)?.requests ?? [];
  }

  private discardOld(now: number): void {
    for (const [traceId, { receivedAt, bytes }] of this.traces) {
      if (this.bytes <= this.maxBytes && now - receivedAt < MAX_AGE_MS) return;
      this.traces.delete(traceId);
      this.bytes -= bytes;
    }
  }
}
