import { register } from 'prom-client';
import { currentContext, runInContext, type RequestContext } from '../context/request-context.js';
import { newTraceId } from '../context/trace-parent.js';
import { ReadCoalescer } from './read-coalescer.js';

describe('ReadCoalescer', () => {
  let reads: ReadCoalescer;
  let started: RequestContext[];
  let finish: (result: string) => void;
  let fail: (reason: Error) => void;

  beforeEach(() => {
    reads = new ReadCoalescer();
    started = [];
  });

  const query = (): Promise<string> => {
    started.push(currentContext());
    return new Promise((resolve, reject) => ([finish, fail] = [resolve, reject]));
  };
  const readAs = (context: Partial<RequestContext>, key = 'a'): Promise<string> =>
    runInContext({ traceId: newTraceId(), ...context }, () => reads.run('title', key, query));
  const countCoalesced = async (): Promise<number> => {
    const metric = await register.getSingleMetric('coalesced_reads_total')?.get();
    return metric?.values.find(({ labels }) => labels['read'] === 'title')?.value ?? 0;
  };

  it('runs equal concurrent reads once, counts them, and runs a later one again', async () => {
    const before = await countCoalesced();
    const results = [readAs({}), readAs({}), readAs({})];
    finish('title');
    expect(await Promise.all(results)).toEqual(['title', 'title', 'title']);
    expect(started).toHaveLength(1);
    expect(await countCoalesced()).toBe(before + 2);
    const later = readAs({});
    finish('newer');
    expect(await later).toBe('newer');
  });

  it('runs reads with other parameters separately', () => {
    void readAs({}, 'a');
    void readAs({}, 'b');
    expect(started).toHaveLength(2);
  });

  it('returns an error to all callers and reads again afterwards', async () => {
    const results = [readAs({}), readAs({})];
    fail(new Error('unavailable'));
    for (const result of results) await expect(result).rejects.toThrow('unavailable');
    const retry = readAs({});
    finish('title');
    expect(await retry).toBe('title');
  });

  it('fails at the deadline of one caller and continues for the others', async () => {
    const late = readAs({ deadlineAt: Date.now() + 150 });
    const other = readAs({ deadlineAt: Date.now() + 60_000 });
    await expect(late).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    finish('title');
    expect(await other).toBe('title');
    expect(started).toHaveLength(1);
  });

  it('runs a shared read without the caller that started it', () => {
    void readAs({ accountId: 'ada', sessionId: 'one', role: 'viewer' });
    expect(started[0]).toEqual({ traceId: expect.any(String), deadlineAt: expect.any(Number) });
  });

  it('does not share the reads of editors, because a read in flight can be older than their change', () => {
    void readAs({});
    void readAs({ accountId: 'ada', sessionId: 'one', role: 'editor' });
    expect(started.map(({ role }) => role)).toEqual([undefined, 'editor']);
  });
});
