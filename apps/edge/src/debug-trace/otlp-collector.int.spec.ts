import { randomBytes, randomUUID } from 'node:crypto';
import { eventually, installOtlpCollector, OtlpCollector, type CollectedSpan } from '@viernes/testing';
import { EdgeProcess } from '../testing/edge-process.js';
import { titleMessage } from '../testing/messages.js';
import { RAISED_LIMIT } from '../testing/raised-limit.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const CALLER_SPAN_ID = 'b'.repeat(16);

const program = await installOtlpCollector().catch((error: unknown) => {
  console.warn(`NOT CHECKED: export to an OpenTelemetry Collector, because it cannot be installed: ${String(error)}`);
  return undefined;
});

describe.skipIf(program === undefined)('an edge that exports its spans to an OpenTelemetry Collector', () => {
  // Provides the fake services. The edge under test is a process.
  let services: TestEdge;
  let collector: OtlpCollector;
  let edge: EdgeProcess;

  beforeAll(async () => {
    services = await startEdge();
    services.catalog.handlers.getTitle = ({ titleId }) => ({ title: titleMessage({ id: titleId }) });
    collector = await OtlpCollector.start(program ?? '');
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, TRACE_RATIO: '0' };
    edge = await EdgeProcess.start(services, { ...RAISED_LIMIT, ...settings });
  });
  afterAll(async () => {
    await edge.kill();
    await collector.stop();
    await services.stop();
  });

  it('delivers the spans of a sampled request as a tree, and none of other requests', async () => {
    const traceId = randomBytes(16).toString('hex');
    const getTitle = (headers = {}): Promise<Response> =>
      fetch(`http://127.0.0.1:${edge.port}/v1/titles/${randomUUID()}`, { headers });
    expect((await getTitle()).status).toBe(200);
    expect((await getTitle({ traceparent: `00-${traceId}-${CALLER_SPAN_ID}-01` })).status).toBe(200);
    const [request, call] = await eventually(() => {
      const found = ['GET /v1/titles/:id', 'viernes.catalog.v1.CatalogService/GetTitle'].map((name) =>
        collector.spans.find((span) => span.name === name),
      );
      return found.every(Boolean) && (found as [CollectedSpan, CollectedSpan]);
    });
    expect(request).toMatchObject({ service: 'edge', traceId, parentSpanId: CALLER_SPAN_ID, kind: 'SPAN_KIND_SERVER' });
    expect(call).toMatchObject({ service: 'edge', traceId, parentSpanId: request.spanId, kind: 'SPAN_KIND_CLIENT' });
    expect(new Set(collector.spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
    expect(await edge.metrics()).toMatch(/^trace_spans_total\{exporter="otlp",outcome="exported"\} [1-9]/m);
  });
});
