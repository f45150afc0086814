import { formatTraceparent, newSpanId, newTraceId, parseTraceparent } from './trace-parent.js';

const TRACE = 'a'.repeat(32);
const SPAN = 'b'.repeat(16);

describe('trace IDs', () => {
  it('trace IDs are valid and different, even when the random pool is refilled', () => {
    const ids = Array.from({ length: 2_000 }, newTraceId);
    expect(ids.every((id) => parseTraceparent(`00-${id}-${SPAN}-01`)?.traceId === id)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('span IDs are valid and different', () => {
    const ids = Array.from({ length: 2_000 }, newSpanId);
    expect(ids.every((id) => parseTraceparent(`00-${TRACE}-${id}-01`)?.spanId === id)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('traceparent', () => {
  it.each([true, false])('parsing returns the content of a formatted header, isSampled: %s', (isSampled) => {
    const parent = { traceId: TRACE, spanId: SPAN, isSampled };
    expect(parseTraceparent(formatTraceparent(parent))).toEqual(parent);
  });

  it('ignores unknown flags', () => {
    expect(parseTraceparent(`00-${TRACE}-${SPAN}-ff`)).toMatchObject({ isSampled: true });
    expect(parseTraceparent(`00-${TRACE}-${SPAN}-fe`)).toMatchObject({ isSampled: false });
  });

  it.each([
    undefined,
    '',
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01-more`,
  ])('rejects %s', (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });
});
