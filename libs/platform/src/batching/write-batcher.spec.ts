import { CodedError } from '@viernes/contracts';
import { currentContext, runInContext, type RequestContext } from '../context/request-context.js';
import { newTraceId } from '../context/trace-parent.js';
import { WriteBatcher, type BatchLimits } from './write-batcher.js';

const AN_HOUR_MS = 3_600_000;
/** How long clients of the edge wait for a response. */
const REQUEST_TIMEOUT_MS = 5_000;

describe('WriteBatcher', () => {
  let written: (readonly string[])[];
  let contexts: RequestContext[];
  /** Called with each batch. Can fail. */
  let before: (items: readonly string[]) => void | Promise<void>;

  beforeEach(() => {
    written = [];
    contexts = [];
    before = () => undefined;
  });

  const createBatcher = (limits: Partial<BatchLimits> = {}) =>
    new WriteBatcher<string, string>({ maxItems: 100, maxWaitMs: 5, ...limits }, async (items) => {
      written.push(items);
      contexts.push(currentContext());
      await before(items);
      return items.map((item) => `${item}!`);
    });
  const addAll = (batcher: WriteBatcher<string, string>, ...items: string[]) =>
    Promise.allSettled(items.map((item) => batcher.add(item)));
  const fulfilled = (value: string) => ({ status: 'fulfilled', value });
  const rejected = (reason: unknown) => ({ status: 'rejected', reason });
  const createGate = () => {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    return { opened, open };
  };

  it('writes the items of concurrent callers together, and returns each caller its own result', async () => {
    expect(await addAll(createBatcher(), 'a', 'b', 'c')).toEqual([fulfilled('a!'), fulfilled('b!'), fulfilled('c!')]);
    expect(written).toEqual([['a', 'b', 'c']]);
  });

  it('writes a full batch without waiting, and the other items in the next one', async () => {
    const batcher = createBatcher({ maxItems: 2, maxWaitMs: AN_HOUR_MS });
    const last = batcher.add('a').then(() => batcher.add('d'));
    await addAll(batcher, 'b', 'c');
    expect(await last).toBe('d!');
    expect(written).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('resolves after the write, and collects the next batch during it', async () => {
    const batcher = createBatcher();
    const [started, gate] = [createGate(), createGate()];
    before = () => {
      started.open();
      return gate.opened;
    };
    let isWritten = false;
    const first = batcher.add('a').then(() => (isWritten = true));
    await started.opened;
    const others = addAll(batcher, 'b', 'c');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isWritten).toBe(false);
    expect(written).toEqual([['a']]);
    gate.open();
    await Promise.all([first, others]);
    expect(written).toEqual([['a'], ['b', 'c']]);
  });

  it('starts again after a time without items', async () => {
    const batcher = createBatcher();
    await batcher.add('a');
    await batcher.add('b');
    expect(written).toEqual([['a'], ['b']]);
  });

  it('rejects only the item that fails', async () => {
    const failure = new Error('bad');
    before = (items) => {
      if (items.includes('bad')) throw failure;
    };
    const results = await addAll(createBatcher(), 'a', 'b', 'bad', 'c');
    expect(results).toEqual([fulfilled('a!'), fulfilled('b!'), rejected(failure), fulfilled('c!')]);
  });

  it('rejects all items after one write if the database is unavailable', async () => {
    const failure = new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'database' });
    before = () => Promise.reject(failure);
    expect(await addAll(createBatcher(), 'a', 'b')).toEqual([rejected(failure), rejected(failure)]);
    expect(written).toHaveLength(1);
  });

  it('releases a caller at its deadline and commits its item with the others', async () => {
    const batcher = createBatcher();
    const gate = createGate();
    before = () => gate.opened;
    const late = runInContext({ traceId: newTraceId(), deadlineAt: Date.now() + 150 }, () => batcher.add('late'));
    const other = batcher.add('other');
    await expect(late).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    gate.open();
    expect(await other).toBe('other!');
    expect(written).toEqual([['late', 'other']]);
  });

  it('rejects callers, including those of the next batch, with the error of an unresponsive database before their deadline', async () => {
    const failure = new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'database' });
    // Waits until the deadline of the write, like libs/database.
    before = async () => {
      const { deadlineAt = 0 } = currentContext();
      await new Promise((resolve) => setTimeout(resolve, deadlineAt - Date.now()));
      throw failure;
    };
    const batcher = createBatcher();
    const add = (item: string) =>
      runInContext({ traceId: newTraceId(), deadlineAt: Date.now() + REQUEST_TIMEOUT_MS }, () => addAll(batcher, item));
    const first = add('a');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const second = add('b');
    expect(await Promise.all([first, second])).toEqual([[rejected(failure)], [rejected(failure)]]);
    expect(written).toEqual([['a'], ['b']]);
  });

  it('writes in a context without a caller, with a new trace and a separate deadline', async () => {
    const caller = { traceId: newTraceId(), accountId: 'ada', sessionId: 'one', role: 'viewer' } as const;
    await runInContext(caller, () => createBatcher().add('a'));
    expect(contexts).toEqual([{ traceId: expect.any(String), deadlineAt: expect.any(Number) }]);
    expect(contexts[0]?.traceId).not.toBe(caller.traceId);
  });
});
