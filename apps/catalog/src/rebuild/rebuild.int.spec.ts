import { randomUUID } from 'node:crypto';
import { PublishedV1 } from '@viernes/contracts';
import { DatabaseModule } from '@viernes/database';
import { runRebuild } from '@viernes/messaging';
import { backing, eventually, TestEventPublisher } from '@viernes/testing';
import { PublicationModule } from '../publication/publication.module.js';
import { ENTITIES, MIGRATIONS } from '../schema.js';
import { asCaller, newTitle } from '../testing/callers.js';
import { startCatalog, type TestCatalog } from '../testing/start-catalog.js';
import { PROJECTIONS } from './projections.js';

describe('the rebuild of catalog', () => {
  let catalog: TestCatalog;
  let video: TestEventPublisher;
  beforeAll(async () => {
    [catalog, video] = await Promise.all([startCatalog(), TestEventPublisher.connect()]);
  });
  afterAll(async () => {
    await Promise.all([video?.close(), catalog?.stop()]);
  });

  const rebuild = async (...args: string[]): Promise<{ exitCode: number; said: string }> => {
    const said: string[] = [];
    const exitCode = await runRebuild({
      service: 'catalog',
      brokers: backing().kafkaBrokers,
      database: DatabaseModule.forRoot({ url: catalog.database.url, entities: ENTITIES, migrations: MIGRATIONS }),
      projections: PROJECTIONS,
      imports: [PublicationModule],
      args,
      print: (line) => said.push(line),
    });
    return { exitCode, said: said.join('\n') };
  };

  it('makes titles playable again, by their newest films, while the service answers', async () => {
    const { title } = await asCaller('editor', () => catalog.client.createTitle(newTitle({})));
    const titleId = title?.id ?? '';
    const assetOf = async () => (await catalog.client.getTitle({ titleId })).title?.assetId;
    const [newer, older] = [randomUUID(), randomUUID()];
    const publish = (assetId: string, publishedAt: string) =>
      video.publish(PublishedV1, { assetId, titleId, durationMs: 30_022, publishedAt });
    await publish(newer, '2026-11-20T20:16:00.000Z');
    await eventually(async () => (await assetOf()) === newer);
    await publish(older, '2026-11-20T20:15:00.000Z');

    // Again while it comes back: the older film may be on its way still.
    await eventually(async () => {
      await catalog.database.query('delete from publication where title_id = $1', [titleId]);
      return (await assetOf()) === undefined;
    });
    const { exitCode, said } = await rebuild('playable');
    expect(said).toMatch(/^playable of catalog made again in /m);
    expect(exitCode).toBe(0);
    expect(await assetOf()).toBe(newer);
  });

  it.each([[[]], [['popularity']], [['playable', 'more']]])('does not understand %j', async (args) => {
    expect(await rebuild(...args)).toMatchObject({ exitCode: 2, said: expect.stringContaining('playable') });
  });
});
