import { TraceStore } from './trace-store.js';

const spans = (traceId: string, size = 10) => ({ traceId, otlpJson: Buffer.alloc(size) });

describe('TraceStore', () => {
  it('returns the spans that several processes have published for a trace', () => {
    const store = new TraceStore();
    store.add(spans('a', 1));
    store.add(spans('b', 2));
    store.add(spans('a', 3));
    expect(store.find('a').map(({ byteLength }) => byteLength)).toEqual([1, 3]);
    expect(store.find('c')).toEqual([]);
  });

  it('discards the oldest traces if the memory is full', () => {
    const store = new TraceStore(100);
    for (const traceId of ['a', 'b', 'c']) store.add(spans(traceId, 40));
    expect(store.find('a')).toEqual([]);
    expect([store.find('b').length, store.find('c').length]).toEqual([1, 1]);
  });

  it('occupies only the memory of the spans, and not that of the message with them', () => {
    const store = new TraceStore();
    const message = Buffer.alloc(10_000);
    store.add({ traceId: 'a', otlpJson: message.subarray(0, 10) });
    expect(store.find('a').map(({ buffer }) => buffer.byteLength)).toEqual([10]);
  });

  it('discards a trace after an hour', () => {
    const store = new TraceStore();
    store.add(spans('a'), 1_000);
    expect(store.find('a', 3_600_999)).toHaveLength(1);
    expect(store.find('a', 3_601_000)).toEqual([]);
  });

  it('ignores spans with which a trace would exceed 1 MiB', () => {
    const store = new TraceStore();
    for (let count = 0; count < 4; count += 1) store.add(spans('a', 400_000));
    expect(store.find('a')).toHaveLength(2);
  });
});
