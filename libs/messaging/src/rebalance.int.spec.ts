import { eventually, reserveBrokerProxy } from '@viernes/testing';
import { TestService } from './testing/test-service.js';

const EVENTS = 10_000;
const KEYS = 60;
const AT_ONCE = 250;
/** What the reader that loses its broker applies before that: in the middle of a batch. */
const BEFORE_THE_LOSS = 220;

describe('readers that come and go', () => {
  let service: TestService;

  beforeEach(async () => {
    service = await TestService.create();
  });
  afterEach(() => service.stop());

  async function appliedCount(): Promise<number> {
    const [row] = await service.database.query<{ count: number }>('SELECT count(*)::int FROM applied');
    return row?.count ?? 0;
  }

  it('lose none of 10,000 events on six partitions, apply none twice, and keep the order of each key', async () => {
    const partitions = 6;
    const writer = await service.start({ reads: false, partitions });
    const reaches = (count: number) => eventually(async () => (await appliedCount()) >= count, { withinSeconds: 50 });
    // One of them loses the broker in the middle of a batch: what it applies then it cannot say, and others are given again.
    const broker = await reserveBrokerProxy();
    await broker.open();
    let handled = 0;
    const after = async (): Promise<void> => {
      handled += 1;
      if (handled === BEFORE_THE_LOSS) await broker.close();
    };
    const brokers = [`127.0.0.1:${broker.port}`];
    const [first] = await Promise.all([service.start({ partitions }), service.start({ partitions, brokers, after })]);
    // A thousand at a time wait to be read, so that every change of readers falls into the flow.
    const writing = (async () => {
      for (let from = 0; from < EVENTS; from += AT_ONCE) {
        const batch = Array.from({ length: AT_ONCE }, (_, index) => from + index);
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
    await eventually(() => handled >= BEFORE_THE_LOSS, { withinSeconds: 50 });
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
