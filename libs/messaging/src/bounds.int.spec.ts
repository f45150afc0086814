import { Database, Transactions } from '@viernes/database';
import { InboxCleaner } from './postgres/inbox-cleaner.js';
import { TestService } from './testing/test-service.js';

describe('what messaging keeps', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.create();
  });
  afterAll(() => service.stop());

  it('is bounded in the inbox: events that no topic holds any more are forgotten, and no others', async () => {
    const app = await service.start({ reads: false });
    await service.database.query(
      `INSERT INTO inbox (consumer, event_id, handled_at)
       SELECT consumer, hours::text, now() - make_interval(mins => 60 * hours - 30)
       FROM generate_series(1, 5) AS hours, (VALUES ('test'), ('rebuilt')) AS consumers (consumer)`,
    );
    const cleaner = new InboxCleaner(app.get(Database), app.get(Transactions), 3, ['rebuilt']);
    expect(await cleaner.clean()).toBe(2);
    const kept = await service.database.query<{ consumer: string; event_id: string }>(
      'SELECT consumer, event_id FROM inbox ORDER BY consumer, event_id',
    );
    expect(kept.map(({ consumer, event_id }) => `${consumer} ${event_id}`)).toEqual([
      ...['1', '2', '3', '4', '5'].map((hours) => `rebuilt ${hours}`),
      ...['1', '2', '3'].map((hours) => `test ${hours}`),
    ]);
  });

  it('is bounded in the outbox: an event is no document', async () => {
    const app = await service.start({ reads: false });
    await expect(service.add(app, 'ada', 'x'.repeat(256 * 1024))).rejects.toThrow(RangeError);
    expect(await service.database.query('SELECT 1 FROM outbox')).toEqual([]);
  });
});
