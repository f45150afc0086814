import { randomBytes } from 'node:crypto';
import { CodedError } from '@viernes/contracts';
import { flushSpans, startTracing, stopTracing } from '@viernes/platform';
import { backing, eventually } from '@viernes/testing';
import { titlePageMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';
import type { SpanResponse } from './debug-trace.operations.js';

const CALLER_SPAN_ID = 'b'.repeat(16);

describe('GET /v1/debug/traces/:id', () => {
  let edge: TestEdge;
  let admin: string;
  let traceId: string;

  beforeAll(async () => {
    startTracing({ service: 'edge' });
    edge = await startEdge({ KAFKA_BROKERS: backing().kafkaBrokers.join(','), TRACE_RATIO: '0' });
    admin = await edge.issuer.sign({ role: 'admin' });
  });
  beforeEach(() => {
    traceId = randomBytes(16).toString('hex');
    edge.catalog.handlers.listTitles = () => titlePageMessage();
  });
  afterAll(async () => {
    await edge.stop();
    await stopTracing();
  });

  const request = (flags: string, path = '/v1/titles') =>
    edge.fetch(path, { headers: { traceparent: `00-${traceId}-${CALLER_SPAN_ID}-${flags}` } });

  /** Waits for the span of the server, which ends after the client has received the response. */
  function readSpans(): Promise<SpanResponse[]> {
    return eventually(async () => {
      await flushSpans();
      const response = await edge.fetch(`/v1/debug/traces/${traceId}`, { token: admin });
      if (response.status !== 200) return false;
      const { spans } = (await response.json()) as { spans: SpanResponse[] };
      return spans.some(({ kind }) => kind === 'server') && spans;
    });
  }

  it('returns the spans of a request with the sampled flag', async () => {
    expect((await request('01')).status).toBe(200);
    const [server, ...others] = await readSpans();
    const client = others.find(({ name }) => name.endsWith('/ListTitles'));
    expect(server).toMatchObject({
      parentSpanId: CALLER_SPAN_ID,
      service: 'edge',
      name: 'GET /v1/titles',
      kind: 'server',
      offsetMs: 0,
      error: null,
      attributes: { 'http.request.method': 'GET', 'http.route': '/v1/titles', 'http.response.status_code': 200 },
    });
    expect(client).toMatchObject({
      parentSpanId: server?.spanId,
      name: 'viernes.catalog.v1.CatalogService/ListTitles',
      kind: 'client',
      attributes: { 'rpc.system': 'grpc' },
    });
  });

  it('returns the span of a failed request that is not sampled, without its query', async () => {
    edge.catalog.handlers.listTitles = () => {
      throw new CodedError('INTERNAL');
    };
    expect((await request('00', '/v1/titles?genre=Secret')).status).toBe(500);
    const spans = await readSpans();
    expect(spans).toMatchObject([{ name: 'GET /v1/titles', error: 'INTERNAL' }]);
    expect(JSON.stringify(spans)).not.toContain('Secret');
  });

  it('returns 404 TRACE_NOT_FOUND for a successful request that is not sampled', async () => {
    expect((await request('00')).status).toBe(200);
    await flushSpans();
    const response = await edge.fetch(`/v1/debug/traces/${traceId}`, { token: admin });
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'TRACE_NOT_FOUND' }]);
  });
});
