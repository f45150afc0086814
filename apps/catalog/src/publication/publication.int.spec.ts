import { randomUUID } from 'node:crypto';
import { PublishedV1, type videoEventsV1 } from '@viernes/contracts';
import { eventually, TestEventPublisher } from '@viernes/testing';
import { newListTitlesRequest, startCatalog, type TestCatalog } from '../testing/test-catalog.js';

const EARLIER = '2026-11-20T20:15:00.000Z';
const LATER = '2026-11-20T20:16:00.000Z';

describe('publications', () => {
  let catalog: TestCatalog;
  let video: TestEventPublisher;
  const newPublication = (
    titleId: string,
    changes: Partial<videoEventsV1.Published> = {},
  ): videoEventsV1.Published => ({
    assetId: randomUUID(),
    titleId,
    durationMs: 30_022,
    publishedAt: EARLIER,
    ...changes,
  });
  const findAssetId = async (titleId: string): Promise<string | undefined> =>
    (await catalog.client.getTitle({ titleId })).title?.assetId;
  const waitUntilHandled = async (eventId: string): Promise<void> => {
    await eventually(async () => {
      const rows = await catalog.database.query(
        "SELECT 1 FROM inbox WHERE event_id = $1 AND consumer = 'catalog.make-title-playable'",
        [eventId],
      );
      return rows.length === 1;
    });
  };

  beforeAll(async () => {
    [catalog, video] = await Promise.all([startCatalog(), TestEventPublisher.connect()]);
  });
  afterAll(async () => {
    await Promise.all([video?.close(), catalog?.stop()]);
  });

  it('makes the title of a publication playable', async () => {
    const { id } = await catalog.createTitle();
    const publication = newPublication(id);
    await video.publish(PublishedV1, publication);
    await eventually(async () => (await findAssetId(id)) === publication.assetId);
    const { titles } = await catalog.client.listTitles(newListTitlesRequest({ playableOnly: true }));
    expect(titles.find((title) => title.id === id)).toMatchObject({ isPlayable: true, durationMs: 30_022 });
  });

  it('does not replace a newer publication of its title', async () => {
    const { id } = await catalog.createTitle();
    const newer = newPublication(id, { publishedAt: LATER });
    await video.publish(PublishedV1, newer);
    await eventually(async () => (await findAssetId(id)) === newer.assetId);
    const eventId = randomUUID();
    await video.publish(PublishedV1, newPublication(id, { publishedAt: EARLIER }), eventId);
    await waitUntilHandled(eventId);
    expect(await findAssetId(id)).toBe(newer.assetId);
  });

  it('makes a title playable that is created later', async () => {
    const eventId = randomUUID();
    const early = newPublication(randomUUID());
    await video.publish(PublishedV1, early, eventId);
    await waitUntilHandled(eventId);
    const { id } = await catalog.createTitle();
    await catalog.database.query('UPDATE title SET id = $1 WHERE id = $2', [early.titleId, id]);
    expect(await findAssetId(early.titleId)).toBe(early.assetId);
  });
});
