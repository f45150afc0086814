import { createLogger } from '@viernes/platform';
import { droppedCalls, publishedCalls, UsageCounts } from './usage-counts.js';
import { UsagePublisher, type UsageBatch } from './usage-publisher.js';

describe('UsagePublisher', () => {
  let counts: UsageCounts;
  let attempts: UsageBatch[];
  let isAvailable: boolean;
  let isClosed: boolean;
  const sender = {
    send: (batch: UsageBatch) => {
      attempts.push(batch);
      return isAvailable ? Promise.resolve() : Promise.reject(new Error('no broker'));
    },
    close: async () => {
      isClosed = true;
    },
  };
  const start = () => new UsagePublisher(counts, sender, createLogger('test', 'fatal'), 1);
  const record = (operation = 'getTitle') => counts.record(null, operation, 200, 1, 1, Date.now());
  const countCalls = (batch: UsageBatch | undefined) => batch?.usages.reduce((sum, { calls }) => sum + calls, 0);
  const listCalls = () => attempts.map(countCalls);

  beforeEach(() => {
    counts = new UsageCounts();
    attempts = [];
    isAvailable = true;
    isClosed = false;
  });

  it('publishes the calls since the previous batch, and nothing while there are no calls', async () => {
    const publisher = start();
    record();
    record();
    await vi.waitFor(() => expect(listCalls()).toEqual([2]));
    record();
    await vi.waitFor(() => expect(listCalls()).toEqual([2, 1]));
    await publisher.stop();
    expect(listCalls()).toEqual([2, 1]);
    expect(new Set(attempts.map(({ edgeId }) => edgeId)).size).toBe(1);
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(2);
  });

  it('sends the same batch again after a failure, then one batch of all later calls', async () => {
    const publisher = start();
    isAvailable = false;
    record();
    await vi.waitFor(() => expect(attempts.length).toBeGreaterThan(2));
    record();
    record();
    isAvailable = true;
    await vi.waitFor(() => expect(countCalls(attempts.at(-1))).toBe(2));
    await publisher.stop();
    const retried = attempts.slice(0, -1);
    expect(new Set(retried.map((batch) => `${batch.id} ${countCalls(batch)}`)).size).toBe(1);
    expect(attempts.at(-1)?.id).not.toBe(attempts[0]?.id);
  });

  it('publishes the remaining calls when it stops, including those of a batch that failed', async () => {
    const publisher = start();
    const before = publishedCalls.value;
    isAvailable = false;
    record();
    await vi.waitFor(() => expect(attempts).not.toEqual([]));
    record();
    record();
    isAvailable = true;
    await publisher.stop();
    expect(listCalls().slice(-2)).toEqual([1, 2]);
    expect(publishedCalls.value - before).toBe(3);
    expect(isClosed).toBe(true);
  });

  it('counts calls as dropped if it cannot publish them when it stops', async () => {
    const publisher = start();
    const before = droppedCalls.value;
    isAvailable = false;
    record();
    await publisher.stop();
    expect(droppedCalls.value - before).toBe(1);
    expect(isClosed).toBe(true);
  });

  it('splits many rows into batches that fit into a message', async () => {
    for (let index = 0; index < 1_001; index += 1) record(`operation${index}`);
    await start().stop();
    expect(attempts.map(({ usages }) => usages.length)).toEqual([500, 500, 1]);
  });
});
