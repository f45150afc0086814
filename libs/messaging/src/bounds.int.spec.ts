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
       SELECT 'test', hours::text, now() - make_interval(mins => 60 * hours - 30) FROM generate_series(1, 5) AS hours`,
    );
    const cleaner = new InboxCleaner(app.get(Database), app.get(Transactions), 3);
    expect(await cleaner.clean()).toBe(2);
    const kept = await service.database.query('SELECT event_id FROM inbox ORDER BY event_id');
    expect(kept).toEqual([{ event_id: '1' }, { event_id: '2' }, { event_id: '3' }]);
  });

  it('is bounded in the outbox: an event is no document', async () => {
    const app = await service.start({ reads: false });
    await expect(service.add(app, 'ada', 'x'.repeat(256 * 1024))).rejects.toThrow(RangeError);
    expect(await service.database.query('SELECT 1 FROM outbox')).toEqual([]);
  });
});
