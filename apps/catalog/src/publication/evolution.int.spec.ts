import { randomUUID } from 'node:crypto';
import { PublishedV1, type EventDefinition, type videoEventsV1 } from '@viernes/contracts';
import { eventually, TestEventPublisher } from '@viernes/testing';
import { register } from 'prom-client';
import { startCatalog, type TestCatalog } from '../testing/start-catalog.js';

type Published = videoEventsV1.Published;

/** Field 99, a text: what a later version of video may add. */
const ADDED_FIELD = (99 << 3) | 2;

describe('events of another version of video', () => {
  let catalog: TestCatalog;
  let video: TestEventPublisher;
  beforeAll(async () => {
    [catalog, video] = await Promise.all([startCatalog(), TestEventPublisher.connect()]);
  });
  afterAll(async () => {
    await Promise.all([video?.close(), catalog?.stop()]);
  });

  const publish = async (changes: Partial<EventDefinition<Published>> = {}): Promise<Published & { id: string }> => {
    // One key for all: they come one after the other.
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
    (await catalog.database.query('select 1 from publication where title_id = $1', [titleId])).length === 1;
  const skipped = async (): Promise<number> => {
    const metric = await register.getSingleMetric('events_skipped_total')?.get();
    return metric?.values.find(({ labels }) => labels['topic'] === PublishedV1.topic)?.value ?? 0;
  };

  it('that have more fields are understood', async () => {
    const { codec } = PublishedV1;
    const encode = (data: Published) => codec.encode(data).uint32(ADDED_FIELD).string('new');
    const published = await publish({ codec: { ...codec, encode } });
    await eventually(() => isPlayable(published));
  });

  it('of an unknown type are skipped and counted', async () => {
    await eventually(async () => isPlayable(await publish()));
    const before = await skipped();
    const unknown = await publish({ type: 'viernes.video.published.v2' });
    const known = await publish();
    await eventually(() => isPlayable(known));
    expect(await skipped()).toBeGreaterThan(before);
    expect(await isPlayable(unknown)).toBe(false);
    expect(await catalog.database.query('select 1 from dead_letter where event_id = $1', [unknown.id])).toEqual([]);
  });

  it('that do not decode are parked at once, and hold up none', async () => {
    const { codec } = PublishedV1;
    // A text of five bytes that has one.
    const encode = () =>
      codec
        .encode({ assetId: '', titleId: '', durationMs: 0, publishedAt: undefined })
        .raw(Uint8Array.of(0x0a, 5, 0xff));
    const broken = await publish({ codec: { ...codec, encode } });
    const whole = await publish();
    await eventually(() => isPlayable(whole));
    const letters = await catalog.database.query(
      'select consumer, error_code, attempts, state from dead_letter where event_id = $1',
      [broken.id],
    );
    expect(letters).toEqual([
      { consumer: 'catalog.make-title-playable', error_code: 'UndecodableError', attempts: 1, state: 'parked' },
    ]);
  });
});
