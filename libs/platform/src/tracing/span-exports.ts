import { ExportResultCode } from '@opentelemetry/core';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter, type SpanProcessor } from '@opentelemetry/sdk-trace';
import { BoundCounter, type MutableNumber } from '../metrics/bound-metrics.js';

/** Further spans are dropped until spans in the queue are exported. About 4 MB. */
const MAX_QUEUED_SPANS = 2_048;
const MAX_BATCH_SPANS = 256;
const EXPORT_INTERVAL_MS = 1_000;
const EXPORT_TIMEOUT_MS = 10_000;

const spansTotal = new BoundCounter({
  name: 'trace_spans_total',
  help: 'Finished spans of sampled traces by exporter and outcome (exported; dropped: the queue is full or the export failed)',
  labelNames: ['exporter', 'outcome'],
});

/** Exports spans in batches with a limited queue. The SDK counts dropped spans only in its own OpenTelemetry metrics. */
class SpanExport {
  readonly batches: BatchSpanProcessor;
  private readonly exported: MutableNumber;
  private readonly dropped: MutableNumber;
  private queued = 0;

  constructor(name: string, exporter: SpanExporter) {
    this.exported = spansTotal.bind({ exporter: name, outcome: 'exported' });
    this.dropped = spansTotal.bind({ exporter: name, outcome: 'dropped' });
    this.batches = new BatchSpanProcessor({
      exporter: {
        export: (spans, callback) => {
          exporter.export(spans, (result) => {
            this.queued -= spans.length;
            (result.code === ExportResultCode.SUCCESS ? this.exported : this.dropped).value += spans.length;
            // The outcome is counted. A failure would only reach the error handler of the SDK.
            callback({ code: ExportResultCode.SUCCESS });
          });
        },
        shutdown: () => exporter.shutdown(),
      },
      maxQueueSize: MAX_QUEUED_SPANS,
      maxExportBatchSize: MAX_BATCH_SPANS,
      scheduledDelayMillis: EXPORT_INTERVAL_MS,
      exportTimeoutMillis: EXPORT_TIMEOUT_MS,
    });
  }

  add(span: ReadableSpan): void {
    if (this.queued >= MAX_QUEUED_SPANS) {
      this.dropped.value += 1;
      return;
    }
    this.queued += 1;
    this.batches.onEnd(span);
  }
}

/** Passes finished spans to the exporters of the process. */
export class SpanExports implements SpanProcessor {
  private readonly exports = new Map<string, SpanExport>();

  get isEmpty(): boolean {
    return this.exports.size === 0;
  }

  /** @param name identifies the exporter in metrics. A name that is in use is ignored */
  add(name: string, create: () => SpanExporter): void {
    if (!this.exports.has(name)) this.exports.set(name, new SpanExport(name, create()));
  }

  onStart(): void {
    // Spans are exported when they end.
  }

  onEnd(span: ReadableSpan): void {
    for (const spanExport of this.exports.values()) spanExport.add(span);
  }

  async forceFlush(): Promise<void> {
    await Promise.allSettled([...this.exports.values()].map(({ batches }) => batches.forceFlush()));
  }

  async shutdown(): Promise<void> {
    await Promise.allSettled([...this.exports.values()].map(({ batches }) => batches.shutdown()));
  }
}
