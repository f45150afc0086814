import { randomUUID } from 'node:crypto';
import { PublishedV1, type catalogV1, type videoEventsV1 } from '@viernes/contracts';
import { eventually, TestEventPublisher } from '@viernes/testing';
import { asCaller, newTitle, page } from '../testing/callers.js';
import { startCatalog, type TestCatalog } from '../testing/start-catalog.js';

const FIRST = '2026-11-20T20:15:00.000Z';
const LATER = '2026-11-20T20:16:00.000Z';

describe('a publication of video', () => {
  let catalog: TestCatalog;
  let video: TestEventPublisher;
  const create = async (): Promise<catalogV1.Title> => {
    const { title } = await asCaller('editor', () => catalog.client.createTitle(newTitle({})));
    if (!title) throw new Error('no title in the answer');
    return title;
  };
  const published = (titleId: string, changes: Partial<videoEventsV1.Published> = {}): videoEventsV1.Published => ({
    assetId: randomUUID(),
    titleId,
    durationMs: 30_022,
    publishedAt: FIRST,
    ...changes,
  });
  const assetOf = async (titleId: string): Promise<string | undefined> =>
    (await catalog.client.getTitle({ titleId })).title?.assetId;
  const handled = async (eventId: string): Promise<void> => {
    await eventually(async () => {
      const rows = await catalog.database.query('select 1 from inbox where event_id = $1', [eventId]);
      return rows.length === 1;
    });
  };

  beforeAll(async () => {
    [catalog, video] = await Promise.all([startCatalog(), TestEventPublisher.connect()]);
  });
  afterAll(async () => {
    await Promise.all([video?.close(), catalog?.stop()]);
  });

  it('makes its title playable', async () => {
    const { id } = await create();
    const publication = published(id);
    await video.publish(PublishedV1, publication);
    await eventually(async () => (await assetOf(id)) === publication.assetId);
    const { titles } = await catalog.client.listTitles(page({ playableOnly: true }));
    expect(titles.find((title) => title.id === id)).toMatchObject({ isPlayable: true, durationMs: 30_022 });
  });

  it('gives way to a newer one, whichever comes last', async () => {
    const { id } = await create();
    const newer = published(id, { publishedAt: LATER });
    await video.publish(PublishedV1, newer);
    await eventually(async () => (await assetOf(id)) === newer.assetId);
    const eventId = randomUUID();
    await video.publish(PublishedV1, published(id, { publishedAt: FIRST }), eventId);
    await handled(eventId);
    expect(await assetOf(id)).toBe(newer.assetId);
  });

  it('may come before its title is known here', async () => {
    const eventId = randomUUID();
    const early = published(randomUUID());
    await video.publish(PublishedV1, early, eventId);
    await handled(eventId);
    const { id } = await create();
    await catalog.database.query('update title set id = $1 where id = $2', [early.titleId, id]);
    expect(await assetOf(early.titleId)).toBe(early.assetId);
  });
});
