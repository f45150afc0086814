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
    // The relay deletes published rows. This table keeps their keys.
    await catalog.database.query(`
      CREATE TABLE added_event (key text);
      CREATE FUNCTION record_event() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO added_event VALUES (NEW.key); RETURN NEW; END $$;
      CREATE TRIGGER record_event AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION record_event();
    `);
  });
  afterAll(async () => {
    await Promise.all([events?.close(), video?.close(), catalog?.stop()]);
  });

  /**
   * Counts the events that this catalog added to its outbox. Catalogs of other tests on the same broker publish the same
   * events, because they handle the same publications.
   */
  const countAdded = async (id: string): Promise<number> =>
    (await catalog.database.query('SELECT FROM added_event WHERE key = $1', [id])).length;
  const whenReceived = (id: string) => eventually(() => events.received.some(({ titleId }) => titleId === id));

  it('publishes title-changed for a new title, and not for a rejected duplicate', async () => {
    const externalId = uniqueName('external');
    const first = await catalog.createTitle({ externalId });
    await expect(catalog.createTitle({ externalId })).rejects.toMatchObject({ code: 'TITLE_EXISTS' });
    const last = await catalog.createTitle();
    await whenReceived(first.id);
    await whenReceived(last.id);
    expect([await countAdded(first.id), await countAdded(last.id)]).toEqual([1, 1]);
  });

  it('publishes title-changed for a new publication of a title, and not for an older one', async () => {
    const titleId = randomUUID();
    const publish = (publishedAt: string, eventId: string) =>
      video.publish(PublishedV1, { assetId: randomUUID(), titleId, durationMs: 30_022, publishedAt }, eventId);
    await publish('2026-11-20T20:16:00.000Z', randomUUID());
    await whenReceived(titleId);
    await eventually(async () => (await countAdded(titleId)) === 1);
    const older = randomUUID();
    await publish('2026-11-20T20:15:00.000Z', older);
    await eventually(async () => {
      const handled = await catalog.database.query(
        "SELECT 1 FROM inbox WHERE event_id = $1 AND consumer = 'catalog.make-title-playable'",
        [older],
      );
      return handled.length === 1;
    });
    expect(await countAdded(titleId)).toBe(1);
  });
});
