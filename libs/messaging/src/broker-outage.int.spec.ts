import { setTimeout as delay } from 'node:timers/promises';
import { Readiness } from '@viernes/platform';
import { eventually, reserveBrokerProxy } from '@viernes/testing';
import { register } from 'prom-client';
import { TestService } from './testing/test-service.js';

const OUTAGE_MS = 30_000;
const INTERVAL_MS = 50;
const KEYS = 5;

describe('a broker that is unavailable for 30 s', () => {
  let service: TestService;

  beforeEach(async () => {
    service = await TestService.create();
  });
  afterEach(() => service.stop());

  const metricValue = async (name: string): Promise<number> => {
    const metric = await register.getSingleMetric(name)?.get();
    return metric?.values.find(({ labels }) => labels['service'] === service.name)?.value ?? 0;
  };

  it('transactions succeed during an outage of the broker while the outbox and its metrics grow, and later all events arrive in order', async () => {
    const broker = await reserveBrokerProxy();
    await broker.open();
    const app = await service.start({ brokers: [`127.0.0.1:${broker.port}`] });
    let written = 0;
    const stopping = new AbortController();
    const writing = (async () => {
      while (!stopping.signal.aborted) {
        await service.add(app, `key ${written % KEYS}`, String(written));
        written += 1;
        await delay(INTERVAL_MS);
      }
    })();
    await eventually(async () => (await service.applied()).length > 20);

    await broker.close();
    const closedAt = Date.now();
    const writtenBefore = written;
    await eventually(async () => (await metricValue('outbox_oldest_seconds')) > OUTAGE_MS / 2_000);
    expect(app.get(Readiness).report().isReady).toBe(true);
    expect(await metricValue('outbox_rows')).toBeGreaterThan(0);
    await delay(Math.max(0, closedAt + OUTAGE_MS - Date.now()));
    expect(written).toBeGreaterThan(writtenBefore + 100);

    await broker.open();
    await eventually(async () => (await service.database.query('SELECT 1 FROM outbox')).length < 10);
    stopping.abort();
    await writing;
    await eventually(async () => expect(await service.applied()).toHaveLength(written));
    for (let key = 0; key < KEYS; key += 1) {
      const numbers = (await service.applied(`key ${key}`)).map(Number);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
    await eventually(async () => (await metricValue('outbox_oldest_seconds')) === 0);
    await service.stop();
    await broker.close();
  }, 180_000);
});
