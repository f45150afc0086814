import { randomUUID } from 'node:crypto';
import { PublishedV1, TitleCreatedV1, type catalogV1, type videoEventsV1 } from '@viernes/contracts';
import { backing, eventually, TestEventPublisher, uniqueName } from '@viernes/testing';
import { Kafka, logLevel, type Consumer } from 'kafkajs';
import { asCaller, newTitle, page } from '../testing/callers.js';
import { startCatalog, type TestCatalog } from '../testing/start-catalog.js';

const FIRST = '2026-11-20T20:15:00.000Z';
const LATER = '2026-11-20T20:16:00.000Z';

describe('a publication of video', () => {
  let catalog: TestCatalog;
  let video: TestEventPublisher;
  let consumer: Consumer;
  let heard: Map<string, string>;
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
    const kafka = new Kafka({ brokers: [...backing().kafkaBrokers], logLevel: logLevel.NOTHING });
    consumer = kafka.consumer({ groupId: uniqueName('listener') });
    video = await TestEventPublisher.connect();
    [catalog, heard] = await Promise.all([startCatalog(), listen(consumer)]);
  });
  afterAll(async () => {
    await Promise.all([video?.close(), catalog?.stop(), consumer?.disconnect()]);
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

  it('is asked for by telling of each new title', async () => {
    const title = await create();
    await eventually(() => heard.has(title.id));
    expect(heard.get(title.id)).toBe(`${TitleCreatedV1.type} ${title.id} ${title.name} ${title.createdAt ?? ''}`);
  });
});

/** Hears of titles as another service would: what was said of each, by title id. */
async function listen(consumer: Consumer): Promise<Map<string, string>> {
  const heard = new Map<string, string>();
  await consumer.subscribe({ topic: TitleCreatedV1.topic, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      const { titleId, name, createdAt } = TitleCreatedV1.codec.decode(message.value ?? Buffer.alloc(0));
      heard.set(titleId, [message.headers?.['ce_type'], message.key, name, createdAt].join(' '));
    },
  });
  return heard;
}
