import { eventually, reserveBrokerProxy } from '@viernes/testing';
import { TestService } from './testing/test-service.js';

const EVENTS = 10_000;
const KEYS = 60;
const BATCH_SIZE = 250;
/** Events that the consumer applies before it loses its broker in the middle of a batch. */
const APPLIED_BEFORE_LOSS = 220;

describe('consumers that start and stop', () => {
  let service: TestService;

  beforeEach(async () => {
    service = await TestService.create();
  });
  afterEach(() => service.stop());

  async function appliedCount(): Promise<number> {
    const [row] = await service.database.query<{ count: number }>('SELECT count(*)::int FROM applied');
    return row?.count ?? 0;
  }

  it('consumers apply each of 10,000 events on six partitions once, and retain the order of each key', async () => {
    const partitions = 6;
    const writer = await service.start({ consumes: false, partitions });
    const reaches = (count: number) => eventually(async () => (await appliedCount()) >= count, { withinSeconds: 50 });
    // One loses the broker in the middle of a batch: it cannot commit its offset, so another one receives the batch
    // again.
    const broker = await reserveBrokerProxy();
    await broker.open();
    let handled = 0;
    const after = async (): Promise<void> => {
      handled += 1;
      if (handled === APPLIED_BEFORE_LOSS) await broker.close();
    };
    const brokers = [`127.0.0.1:${broker.port}`];
    const [first] = await Promise.all([service.start({ partitions }), service.start({ partitions, brokers, after })]);
    // At most a thousand events wait, so that consumers start and stop while events arrive.
    const writing = (async () => {
      for (let from = 0; from < EVENTS; from += BATCH_SIZE) {
        const batch = Array.from({ length: BATCH_SIZE }, (_, index) => from + index);
        await service.addAll(
          writer,
          batch.map((number) => ({ about: `key ${number % KEYS}`, note: String(number) })),
        );
        await reaches(from - 1_000);
      }
    })();
    await reaches(1_500);
    await service.start({ partitions });
    await reaches(4_000);
    await eventually(() => handled >= APPLIED_BEFORE_LOSS, { withinSeconds: 50 });
    await first.close();
    await broker.open();
    await reaches(6_000);
    await service.start({ partitions });
    await writing;
    await reaches(EVENTS);

    const all = (await service.applied()).map(Number);
    expect(all).toHaveLength(EVENTS);
    expect(new Set(all).size).toBe(EVENTS);
    const lastOfKey = new Map<number, number>();
    for (const number of all) {
      expect(number).toBeGreaterThan(lastOfKey.get(number % KEYS) ?? -1);
      lastOfKey.set(number % KEYS, number);
    }
    await service.stop();
    await broker.close();
  }, 180_000);
});
