import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SpanKind } from '@opentelemetry/api';
import { CodedError } from '@viernes/contracts';
import { register } from 'prom-client';
import { traceparent } from '../context/current-span.js';
import { runInContext } from '../context/request-context.js';
import { newTraceId, parseTraceparent } from '../context/trace-parent.js';
import { startOtlpReceiver, type OtlpReceiver } from '../testing/otlp-receiver.js';
import { continueTrace, traced } from './traced.js';
import { flushSpans, startTrace, startTracing, stopTracing } from './tracing.js';

const CALLER = 'b'.repeat(16);

function describeRead(name = 'read') {
  return { name, kind: SpanKind.CLIENT, attributes: { 'db.system.name': 'postgresql' } };
}

async function countSpans(outcome: string): Promise<number> {
  const metric = await register.getSingleMetric('trace_spans_total')?.get();
  return metric?.values.find(({ labels }) => labels['outcome'] === outcome)?.value ?? 0;
}

describe('spans', () => {
  let receiver: OtlpReceiver;
  let traceId: string;

  beforeEach(async () => {
    receiver = await startOtlpReceiver();
    traceId = newTraceId();
    startTracing({ service: 'catalog', endpoint: receiver.endpoint });
  });
  afterEach(async () => {
    await stopTracing();
    await receiver.stop();
  });

  /** Runs work in a sampled request. */
  async function inRequest<Result>(work: () => Promise<Result>): Promise<Result> {
    const span = startTrace({ traceId, spanId: CALLER }, { name: 'request', kind: SpanKind.SERVER });
    try {
      return await runInContext({ traceId, ...(span && { span }) }, work);
    } finally {
      span?.end();
    }
  }

  it('exports the spans of a request as a tree, with the name of the service', async () => {
    await inRequest(() =>
      traced(
        () => describeRead('outer'),
        () =>
          traced(
            () => describeRead('inner'),
            async () => 1,
          ),
      ),
    );
    await flushSpans();
    const [inner, outer, request] = receiver.spans;
    expect(receiver.spans).toHaveLength(3);
    expect(request).toMatchObject({ service: 'catalog', traceId, name: 'request', kind: 2, parentSpanId: CALLER });
    expect(outer).toMatchObject({ traceId, name: 'outer', kind: 3, parentSpanId: request?.spanId, isFailed: false });
    expect(inner).toMatchObject({ traceId, name: 'inner', parentSpanId: outer?.spanId });
    expect(inner?.attributes).toEqual({ 'db.system.name': 'postgresql' });
  });

  it('uses the trace ID of the request for the first span of a new trace', async () => {
    startTrace({ traceId }, { name: 'request' })?.end();
    await flushSpans();
    expect(receiver.spans).toMatchObject([{ traceId, parentSpanId: '' }]);
  });

  it('marks a failed span with the error code, without its message', async () => {
    const fail = () => Promise.reject(new CodedError('TITLE_NOT_FOUND', { email: 'ada@example.org' }));
    await expect(inRequest(() => traced(describeRead, fail))).rejects.toThrow(CodedError);
    await flushSpans();
    expect(receiver.spans[0]).toMatchObject({ isFailed: true, attributes: { 'error.type': 'TITLE_NOT_FOUND' } });
    expect(JSON.stringify(receiver.spans)).not.toContain('ada@example.org');
  });

  it('continues a trace from the header of the current span', async () => {
    const header = await inRequest(() => traced(describeRead, async () => traceparent()));
    continueTrace(header, () => ({ name: 'process', kind: SpanKind.CONSUMER }))?.end();
    await flushSpans();
    const read = receiver.spans.find(({ name }) => name === 'read');
    expect(parseTraceparent(header)).toEqual({ traceId, spanId: read?.spanId, isSampled: true });
    expect(receiver.spans.find(({ name }) => name === 'process')).toMatchObject({
      traceId,
      parentSpanId: read?.spanId,
    });
  });

  it('does not describe spans of a request that is not sampled, and forwards the decision', async () => {
    const describe = () => {
      throw new Error('described');
    };
    const header = await runInContext({ traceId }, () => traced(describe, async () => traceparent()));
    expect(parseTraceparent(header)).toMatchObject({ traceId, isSampled: false });
    expect(continueTrace(header, describe)).toBeUndefined();
    await flushSpans();
    expect(receiver.spans).toEqual([]);
  });

  it('work in the context of another trace has no spans in this one', async () => {
    const other = () =>
      runInContext({ traceId: newTraceId() }, () =>
        traced(
          () => describeRead('other'),
          async () => 1,
        ),
      );
    await inRequest(() => traced(describeRead, other));
    await flushSpans();
    expect(receiver.spans.map(({ name }) => name)).toEqual(['read', 'request']);
  });

  it('exports the remaining spans when it stops', async () => {
    await inRequest(async () => 1);
    await stopTracing();
    expect(receiver.spans).toHaveLength(1);
  });
});

describe('spans without a receiver', () => {
  afterEach(() => stopTracing());

  it('drops and counts the spans that a receiver does not accept', async () => {
    startTracing({ service: 'catalog', endpoint: 'http://127.0.0.1:1' });
    const before = await countSpans('dropped');
    startTrace({ traceId: newTraceId() }, { name: 'request' })?.end();
    await flushSpans();
    expect((await countSpans('dropped')) - before).toBe(1);
  });

  it('drops and counts the spans that exceed the queue while a receiver does not respond', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    startTracing({ service: 'catalog', endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` });
    const before = await countSpans('dropped');
    for (let count = 0; count < 3_000; count += 1) startTrace({ traceId: newTraceId() }, { name: 'request' })?.end();
    expect((await countSpans('dropped')) - before).toBe(3_000 - 2_048);
    silent.close();
  });
});
