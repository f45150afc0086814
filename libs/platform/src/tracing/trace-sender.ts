import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { runInContext } from '../context/request-context.js';
import { newTraceId } from '../context/trace-parent.js';
import { addSpanExporter } from './tracing.js';

/** Spans of one trace that ended in one process. */
export interface TraceSpans {
  readonly traceId: string;
  /** An `ExportTraceServiceRequest` of OTLP as JSON. */
  readonly otlpJson: Uint8Array;
}

/** Stores spans where the platform itself can read them. */
export interface TraceSender {
  /** Must resolve or reject within a limited time. Spans of a rejected call are lost. */
  send(traces: readonly TraceSpans[]): Promise<void>;
  close(): Promise<void>;
}

/** Sends the spans of this process. Further senders with the same name are ignored. */
export function addTraceSender(name: string, create: () => TraceSender): void {
  addSpanExporter(name, () => new SenderExporter(create()));
}

class SenderExporter implements SpanExporter {
  constructor(private readonly sender: TraceSender) {}

  export(spans: readonly ReadableSpan[], callback: (result: ExportResult) => void): void {
    const finish = (code: ExportResultCode) => (): void => callback({ code });
    // The new context is not sampled. In the context that started the batch, this call would create spans to send.
    const sent = runInContext({ traceId: newTraceId() }, () => this.sender.send(groupByTrace(spans)));
    sent.then(finish(ExportResultCode.SUCCESS), finish(ExportResultCode.FAILED));
  }

  shutdown(): Promise<void> {
    return this.sender.close();
  }
}

function groupByTrace(spans: readonly ReadableSpan[]): TraceSpans[] {
  const traces = new Map<string, ReadableSpan[]>();
  for (const span of spans) {
    const { traceId } = span.spanContext();
    const ofTrace = traces.get(traceId);
    if (ofTrace) ofTrace.push(span);
    else traces.set(traceId, [span]);
  }
  return [...traces].map(([traceId, ofTrace]) => ({
    traceId,
    otlpJson: JsonTraceSerializer.serializeRequest(ofTrace) ?? new Uint8Array(),
  }));
}
