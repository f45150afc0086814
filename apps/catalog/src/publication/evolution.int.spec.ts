import { randomUUID } from 'node:crypto';
import { PublishedV1, type EventDefinition, type videoEventsV1 } from '@viernes/contracts';
import { eventually, TestEventPublisher } from '@viernes/testing';
import { register } from 'prom-client';
import { startCatalog, type TestCatalog } from '../testing/test-catalog.js';

type Published = videoEventsV1.Published;

/** Field 99, a string that a later version of the video service could add. */
const ADDED_FIELD = (99 << 3) | 2;

describe('events of another version of the video service', () => {
  let catalog: TestCatalog;
  let video: TestEventPublisher;
  beforeAll(async () => {
    [catalog, video] = await Promise.all([startCatalog(), TestEventPublisher.connect()]);
  });
  afterAll(async () => {
    await Promise.all([video?.close(), catalog?.stop()]);
  });

  const publish = async (changes: Partial<EventDefinition<Published>> = {}): Promise<Published & { id: string }> => {
    // All events have the same key, so that they arrive in order.
    const data = {
      assetId: randomUUID(),
      titleId: randomUUID(),
      durationMs: 30_022,
      publishedAt: '2026-11-20T20:15:00.000Z',
    };
    const id = randomUUID();
    await video.publish({ ...PublishedV1, key: () => 'evolution', ...changes }, data, id);
    return { ...data, id };
  };
  const isPlayable = async ({ titleId }: Published): Promise<boolean> =>
    (await catalog.database.query('SELECT 1 FROM publication WHERE title_id = $1', [titleId])).length === 1;
  const countSkipped = async (): Promise<number> => {
    const metric = await register.getSingleMetric('events_skipped_total')?.get();
    return metric?.values.find(({ labels }) => labels['topic'] === PublishedV1.topic)?.value ?? 0;
  };

  it('handles an event with an unknown field', async () => {
    const { codec } = PublishedV1;
    const encode = (data: Published) => codec.encode(data).uint32(ADDED_FIELD).string('new');
    const published = await publish({ codec: { ...codec, encode } });
    await eventually(() => isPlayable(published));
  });

  it('skips and counts an event of an unknown type', async () => {
    await eventually(async () => isPlayable(await publish()));
    const before = await countSkipped();
    const unknown = await publish({ type: 'viernes.video.published.v2' });
    const known = await publish();
    await eventually(() => isPlayable(known));
    expect(await countSkipped()).toBeGreaterThan(before);
    expect(await isPlayable(unknown)).toBe(false);
    expect(await catalog.database.query('SELECT 1 FROM dead_letter WHERE event_id = $1', [unknown.id])).toEqual([]);
  });

  it('parks an event that cannot be decoded, without retrying it, and handles later events', async () => {
    const { codec } = PublishedV1;
    // A string field with a length of five bytes, of which only one follows.
    const encode = () =>
      codec
        .encode({ assetId: '', titleId: '', durationMs: 0, publishedAt: undefined })
        .raw(Uint8Array.of(0x0a, 5, 0xff));
    const broken = await publish({ codec: { ...codec, encode } });
    const valid = await publish();
    await eventually(() => isPlayable(valid));
    const letters = await catalog.database.query(
      'SELECT consumer, error_code, attempts, state FROM dead_letter WHERE event_id = $1 ORDER BY consumer',
      [broken.id],
    );
    const parked = { error_code: 'UndecodableError', attempts: 1, state: 'parked' };
    expect(letters).toEqual([
      { consumer: 'catalog.announce-published-title', ...parked },
      { consumer: 'catalog.make-title-playable', ...parked },
    ]);
  });
});
