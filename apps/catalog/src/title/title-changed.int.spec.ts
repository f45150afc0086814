import { randomUUID } from 'node:crypto';
import { PublishedV1, TitleChangedV1, type catalogEventsV1 } from '@viernes/contracts';
import { eventually, TestEventPublisher, TestEventReader, uniqueName } from '@viernes/testing';
import { startCatalog, type TestCatalog } from '../testing/test-catalog.js';

describe('viernes.catalog.title-changed.v1', () => {
  let catalog: TestCatalog;
  let video: TestEventPublisher;
  let events: TestEventReader<catalogEventsV1.TitleChanged>;

  beforeAll(async () => {
    [catalog, video] = await Promise.all([startCatalog(), TestEventPublisher.connect()]);
    events = await TestEventReader.connect(TitleChangedV1);
  });
  afterAll(async () => {
    await Promise.all([events?.close(), video?.close(), catalog?.stop()]);
  });

  const countEvents = (id: string): number => events.received.filter(({ titleId }) => titleId === id).length;

  it('is published for a new title, and not for one that exists', async () => {
    const externalId = uniqueName('external');
    const first = await catalog.createTitle({ externalId });
    await expect(catalog.createTitle({ externalId })).rejects.toMatchObject({ code: 'TITLE_EXISTS' });
    const last = await catalog.createTitle();
    await eventually(() => countEvents(first.id) === 1 && countEvents(last.id) === 1);
  });

  it('is published for a new publication of a title, and not for an older one', async () => {
    const titleId = randomUUID();
    const publish = (publishedAt: string, eventId: string) =>
      video.publish(PublishedV1, { assetId: randomUUID(), titleId, durationMs: 30_022, publishedAt }, eventId);
    await publish('2026-11-20T20:16:00.000Z', randomUUID());
    await eventually(() => countEvents(titleId) === 1);
    const older = randomUUID();
    await publish('2026-11-20T20:15:00.000Z', older);
    await eventually(async () => {
      const handled = await catalog.database.query('SELECT 1 FROM inbox WHERE event_id = $1', [older]);
      return handled.length === 1;
    });
    await eventually(async () => (await catalog.database.query('SELECT 1 FROM outbox')).length === 0);
    const { id } = await catalog.createTitle();
    await eventually(() => countEvents(id) === 1);
    expect(countEvents(titleId)).toBe(1);
  });
});
