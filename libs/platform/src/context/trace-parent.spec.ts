import { newTraceId, parseTraceId, traceparent } from './trace-parent.js';

describe('trace IDs', () => {
  it('trace IDs are valid and different, also when the random pool is refilled', () => {
    const ids = Array.from({ length: 2_000 }, newTraceId);
    expect(ids.every((id) => parseTraceId(`00-${id}-${'b'.repeat(16)}-01`) === id)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('a trace continues with different span IDs', () => {
    const headers = Array.from({ length: 2_000 }, () => traceparent('a'.repeat(32)));
    expect(headers.every((header) => parseTraceId(header) === 'a'.repeat(32))).toBe(true);
    expect(new Set(headers).size).toBe(headers.length);
  });
});
