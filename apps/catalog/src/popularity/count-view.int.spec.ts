import { randomUUID } from 'node:crypto';
import { PlaybackProgressedV1 } from '@viernes/contracts';
import { eventually, TestEventPublisher } from '@viernes/testing';
import { startCatalog, type TestCatalog } from '../testing/test-catalog.js';

const HEARTBEATS = 20;

describe('count-view', () => {
  let catalog: TestCatalog;
  let video: TestEventPublisher;
  beforeAll(async () => {
    [catalog, video] = await Promise.all([startCatalog(), TestEventPublisher.connect()]);
  });
  afterAll(async () => {
    await Promise.all([video?.close(), catalog?.stop()]);
  });

  it('stores no inbox row for heartbeats, which it does not count', async () => {
    const [titleId, profileId] = [randomUUID(), randomUUID()];
    const report = async (isStart: boolean): Promise<string> => {
      const eventId = randomUUID();
      const ids = { playbackId: randomUUID(), accountId: randomUUID(), assetId: randomUUID(), profileId, titleId };
      const times = { positionMs: 1_000, durationMs: 60_000, occurredAt: new Date().toISOString() };
      await video.publish(PlaybackProgressedV1, { ...ids, ...times, isStart }, eventId);
      return eventId;
    };
    const heartbeats: string[] = [];
    while (heartbeats.length < HEARTBEATS) heartbeats.push(await report(false));
    // The event of the same profile is processed after the heartbeats.
    const start = await report(true);
    const listInboxRows = (eventIds: readonly string[]) =>
      catalog.database.query(`SELECT 1 FROM inbox WHERE consumer = 'catalog.count-view' AND event_id = ANY ($1)`, [
        eventIds,
      ]);
    await eventually(async () => expect(await listInboxRows([start])).toHaveLength(1));
    expect(await listInboxRows(heartbeats)).toEqual([]);
    const views = await catalog.database.query<{ views: string }>(
      'SELECT views FROM title_popularity WHERE title_id = $1',
      [titleId],
    );
    expect(views.map((row) => Number(row.views))).toEqual([1]);
  });
});
