import { newTraceId } from '../context/trace-parent.js';
import { TraceSampling } from './trace-sampling.js';

const CALLER = 'b'.repeat(16);

describe('TraceSampling', () => {
  it.each([0, 0.1, 1])('samples a fraction of %s of the new traces', (ratio) => {
    const sampling = new TraceSampling(ratio);
    const sampled = Array.from({ length: 10_000 }, newTraceId).filter((id) => sampling.isSampled(id, undefined));
    expect(sampled.length / 10_000).toBeCloseTo(ratio, 1);
  });

  it('samples each trace with a higher ratio that it samples with a lower one', () => {
    const [few, many] = [new TraceSampling(0.1), new TraceSampling(0.5)];
    const ids = Array.from({ length: 1_000 }, newTraceId).filter((id) => few.isSampled(id, undefined));
    expect(ids.every((id) => many.isSampled(id, undefined))).toBe(true);
  });

  it('samples the traces that clients request up to a limit per second', () => {
    const sampling = new TraceSampling(0);
    const parents = Array.from({ length: 1_000 }, () => ({ traceId: newTraceId(), spanId: CALLER, isSampled: true }));
    const sampled = parents.filter((parent) => sampling.isSampled(parent.traceId, parent));
    expect(sampled.length).toBeGreaterThanOrEqual(10);
    // The second can change once in between.
    expect(sampled.length).toBeLessThanOrEqual(20);
  });

  it('resets the limit of clients in the next second', () => {
    const sampling = new TraceSampling(0);
    while (sampling.tryAcquire(5_000));
    expect(sampling.tryAcquire(5_999)).toBe(false);
    expect(sampling.tryAcquire(6_000)).toBe(true);
  });

  it('does not sample a trace that a client does not request, whatever its ID is', () => {
    const traceId = `${'a'.repeat(16)}${'0'.repeat(16)}`;
    const parent = { traceId, spanId: CALLER, isSampled: false };
    expect(new TraceSampling(0.01).isSampled(traceId, undefined)).toBe(true);
    expect(new TraceSampling(0.01).isSampled(traceId, parent)).toBe(false);
  });
});
