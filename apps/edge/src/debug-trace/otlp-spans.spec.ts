import { readSpans } from './otlp-spans.js';

const START_MS = Date.parse('2026-06-05T20:15:00.000Z');

/** Encodes an OTLP export request as JSON, like the OpenTelemetry SDK. */
function request(service: string, ...spans: readonly object[]): Uint8Array {
  const resource = {
    attributes: [{ key: 'service.name', value: { stringValue: service } }],
    droppedAttributesCount: 0,
  };
  return Buffer.from(
    JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'viernes' }, spans }] }] }),
  );
}

function span(spanId: string, startMs: number, more: object = {}): object {
  const toNs = (ms: number) => `${START_MS + ms}000000`;
  return {
    traceId: 'a'.repeat(32),
    spanId,
    name: `span ${spanId}`,
    kind: 2,
    startTimeUnixNano: toNs(startMs),
    endTimeUnixNano: toNs(startMs + 5),
    attributes: [],
    ...more,
  };
}

describe('readSpans', () => {
  it('returns the spans of all requests by start time', () => {
    const child = span('2', 3, { parentSpanId: '1', kind: 3 });
    expect(readSpans([request('catalog', child), request('edge', span('1', 0))])).toEqual([
      expect.objectContaining({ spanId: '1', parentSpanId: null, service: 'edge', kind: 'server', offsetMs: 0 }),
      expect.objectContaining({ spanId: '2', parentSpanId: '1', service: 'catalog', kind: 'client', offsetMs: 3 }),
    ]);
  });

  it('returns times, attributes and the error of a span', () => {
    const attributes = [
      { key: 'error.type', value: { stringValue: 'DEADLINE_EXCEEDED' } },
      { key: 'http.response.status_code', value: { intValue: 504 } },
    ];
    expect(readSpans([request('edge', span('1', 0, { attributes, status: { code: 2 } }))])).toEqual([
      {
        spanId: '1',
        parentSpanId: null,
        service: 'edge',
        name: 'span 1',
        kind: 'server',
        startedAt: '2026-06-05T20:15:00.000Z',
        offsetMs: 0,
        durationMs: 5,
        error: 'DEADLINE_EXCEEDED',
        attributes: { 'error.type': 'DEADLINE_EXCEEDED', 'http.response.status_code': 504 },
      },
    ]);
  });

  it('returns a span only once if it was received twice', () => {
    const twice = request('edge', span('1', 0));
    expect(readSpans([twice, twice])).toHaveLength(1);
  });

  it('skips payloads that are not OTLP requests', () => {
    expect(
      readSpans([Buffer.from('{'), Buffer.from('{"resourceSpans":[{}]}'), request('edge', span('1', 0))]),
    ).toHaveLength(1);
  });
});
