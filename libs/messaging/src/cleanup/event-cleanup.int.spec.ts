import { RowCleanups } from '@viernes/database';
import { uniqueName } from '@viernes/testing';
import { EventConsumer, type AnyEventHandler } from '../index.js';
import { notedEvent } from '../testing/note.js';
import { TestService } from '../testing/test-service.js';

const DAY_HOURS = 24;

describe('EventCleanup', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.create();
  });
  afterAll(() => service.stop());

  it('deletes the inbox rows of each consumer 48 hours after the retention of its topic', async () => {
    const topics = [
      { name: uniqueName('viernes.week'), partitions: 1, retentionHours: 7 * DAY_HOURS },
      { name: uniqueName('viernes.month'), partitions: 1, retentionHours: 30 * DAY_HOURS },
      { name: uniqueName('viernes.unlimited'), partitions: 1, retentionHours: Infinity },
    ];
    const handlers = topics.map(({ name }, index) => {
      @EventConsumer()
      class Handler implements AnyEventHandler {
        readonly consumer = `test.${['week', 'month', 'unlimited'][index] ?? ''}`;
        readonly event = notedEvent(name);
        handle = () => Promise.resolve();
      }
      return Handler;
    });
    const app = await service.start({ topics, handlers });
    await service.database.query(
      `INSERT INTO inbox (consumer, event_id, handled_at)
       SELECT consumer, days || ' days', now() - make_interval(days => days)
       FROM unnest(ARRAY[6, 8, 10, 31, 33, 400]) AS days,
         (VALUES ('test.week'), ('test.month'), ('test.unlimited')) AS consumers (consumer)`,
    );
    await app.get(RowCleanups, { strict: false }).run();
    const rows = await service.database.query<{ consumer: string; events: string[] }>(
      'SELECT consumer, array_agg(event_id ORDER BY handled_at DESC) AS events FROM inbox GROUP BY consumer',
    );
    expect(Object.fromEntries(rows.map(({ consumer, events }) => [consumer, events]))).toEqual({
      'test.week': ['6 days', '8 days'],
      'test.month': ['6 days', '8 days', '10 days', '31 days'],
      'test.unlimited': ['6 days', '8 days', '10 days', '31 days', '33 days', '400 days'],
    });
  });
});
