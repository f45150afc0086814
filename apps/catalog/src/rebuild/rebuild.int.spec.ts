import { randomUUID } from 'node:crypto';
import { PublishedV1 } from '@viernes/contracts';
import { backing, eventually, TestEventPublisher } from '@viernes/testing';
import { startCatalog, type TestCatalog } from '../testing/test-catalog.js';
import { rebuildProjections } from './rebuild-projections.js';

describe('the rebuild command of the catalog service', () => {
  let catalog: TestCatalog;
  let video: TestEventPublisher;
  beforeAll(async () => {
    [catalog, video] = await Promise.all([startCatalog(), TestEventPublisher.connect()]);
  });
  afterAll(async () => {
    await Promise.all([video?.close(), catalog?.stop()]);
  });

  const rebuild = async (...args: string[]): Promise<{ exitCode: number; output: string }> => {
    const lines: string[] = [];
    const config = { DATABASE_URL: catalog.database.url, KAFKA_BROKERS: [...backing().kafkaBrokers] };
    const exitCode = await rebuildProjections(config, args, (line) => lines.push(line));
    return { exitCode, output: lines.join('\n') };
  };

  it('makes titles playable with their newest asset while the service is running', async () => {
    const { id: titleId } = await catalog.createTitle();
    const findAssetId = async () => (await catalog.client.getTitle({ titleId })).title?.assetId;
    const [newer, older] = [randomUUID(), randomUUID()];
    const publish = (assetId: string, publishedAt: string) =>
      video.publish(PublishedV1, { assetId, titleId, durationMs: 30_022, publishedAt });
    await publish(newer, '2026-11-20T20:16:00.000Z');
    await eventually(async () => (await findAssetId()) === newer);
    await publish(older, '2026-11-20T20:15:00.000Z');

    // The service can still be handling the older publication, so delete until the row stays absent.
    await eventually(async () => {
      await catalog.database.query('DELETE FROM publication WHERE title_id = $1', [titleId]);
      return (await findAssetId()) === undefined;
    });
    const { exitCode, output } = await rebuild('playable');
    expect(output).toMatch(/^Rebuilt playable of catalog in /m);
    expect(exitCode).toBe(0);
    expect(await findAssetId()).toBe(newer);
  });

  it.each([[[]], [['popularity']], [['playable', 'more']]])(
    'exits with code 2 and lists the projections for the arguments %j',
    async (args) => {
      expect(await rebuild(...args)).toMatchObject({ exitCode: 2, output: expect.stringContaining('playable') });
    },
  );
});
