import type { Browser } from 'playwright-core';
import { config } from '../config.js';
import type { Schema } from '@viernes/api-client';
import { openBrowser } from '../support/browser.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { type VideoFile, longVideo, shortVideo } from '../support/video-files.js';
import { bodyOf, get } from '../support/http.js';
import { unique } from '../support/unique.js';
import { BrowserUser } from '../support/browser-user.js';
import { cluster } from './cluster-config.js';
import { kubectl } from './command.js';
import { renditionNames } from './data-digest.js';
import { report, stopwatch } from './figures.js';
import { longRunningPods, readyPods, settled } from './pods.js';
import { metricsOf, sumOfSamples } from './served-calls.js';
import { platformAnswers } from './stage.js';

describe('transcoders come and go', () => {
  let browser: Browser;
  let editor: Editor;
  let long: VideoFile;
  let short: VideoFile;
  const assetIds: string[] = [];
  const nameOfSixth = unique('Queued at the page');

  beforeAll(async () => {
    [long, short] = [await longVideo(), await shortVideo()];
    await platformAnswers();
    editor = await Editor.signIn();
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await scale(1);
    await settled('transcoder', 1);
  });

  async function scale(replicas: number): Promise<void> {
    await kubectl('scale', `deployment/${cluster.release}-transcoder`, `--replicas=${replicas}`);
  }

  async function queue(film: VideoFile): Promise<void> {
    const { id } = await editor.createTitle(unique('Queued'));
    assetIds.push((await editor.uploadFile(id, film)).id);
  }

  function assets(): Promise<Schema<'Asset'>[]> {
    return Promise.all(assetIds.map(async (id) => editor.asset(id)));
  }

  /** Jobs that each worker has under way, and those that it is done with. */
  async function work(): Promise<{ pod: string; running: number; done: number }[]> {
    const pods = (await longRunningPods('transcoder')).filter(({ isReady, isLeaving }) => isReady && !isLeaving);
    return Promise.all(
      pods.map(async ({ name }) => {
        const metrics = await metricsOf(name);
        return {
          pod: name,
          running: sumOfSamples(metrics, 'transcode_jobs_running', /.*/),
          done: sumOfSamples(metrics, 'transcode_job_seconds_count', /outcome="completed"/),
        };
      }),
    );
  }

  it('with none of them, six uploads wait, and the page says so', async () => {
    await scale(0);
    await settled('transcoder', 0);
    await queue(long);
    for (let more = 0; more < 4; more += 1) await queue(short);

    const visitor = await BrowserUser.open(browser);
    await visitor.signIn(config.editorEmail, config.editorPassword);
    await visitor.upload(nameOfSixth, short);
    await visitor.page.getByText(/^Waiting: \d+ jobs ahead$/).waitFor();
    const said = (await visitor.page.getByText(/^Waiting: /).textContent()) ?? '';
    const state = await visitor.page.getByTestId('asset-state').getAttribute('data-state');
    await visitor.close();

    const waiting = await assets();
    const ahead = waiting.map(({ jobsAhead }) => jobsAhead);
    report(`transcoders at 0: jobs ahead ${ahead.join(', ')}; the page of the sixth says "${said}"`);
    expect(state).toBe('uploaded');
    expect(waiting.map((asset) => asset.state)).toEqual(waiting.map(() => 'uploaded'));
    expect(ahead).toEqual([0, 1, 2, 3, 4]);
    expect(Number(/\d+/.exec(said)?.[0])).toBe(5);
  });

  it('at two both work; one that is deleted in the middle of a job loses nothing', async () => {
    const elapsed = stopwatch();
    await scale(2);
    const started = (await readyPods('transcoder', 2)).map(({ name }) => name);
    const seen = new Set<string>();
    await eventually(
      async () => {
        for (const { pod, running, done } of await work()) if (running + done > 0) seen.add(pod);
        return [...seen];
      },
      (pods) => started.every((pod) => pods.includes(pod)),
      { what: 'both transcoders work' },
    );
    report(`transcoders at 2: both at work ${elapsed()} after the scaling`);

    await eventually(
      async () => (await assets())[0]?.renditions ?? [],
      (renditions) => renditions.some(({ state, progress }) => state === 'running' && progress > 0.05),
      { what: 'a rendition of the long film is half done' },
    );
    const busy = await eventually(
      async () => (await work()).find(({ running }) => running > 0),
      (worker) => worker !== undefined,
      { what: 'a transcoder is in the middle of a job' },
    );
    await kubectl('delete', 'pod', busy?.pod ?? '', '--wait=false');
    const interrupted = (await assets()).flatMap(({ renditions }) =>
      renditions.filter(({ state }) => state === 'running'),
    );
    report(`deleted ${busy?.pod} while ${interrupted.length} renditions were under way`);
    expect(interrupted).not.toHaveLength(0);

    const sixth = await eventually(
      async () =>
        bodyOf(await get<Schema<'TitlePage'>>(`/v1/titles?query=${encodeURIComponent(nameOfSixth)}`), 200).titles[0],
      (title) => title?.assetId != null,
      { what: 'the film that was sent from the page can be played' },
    );
    const finished = await Promise.all([...assetIds, sixth?.assetId ?? ''].map((id) => editor.finishedAsset(id)));
    report(
      `six films, ${finished.flatMap(renditionNames).length} renditions, all ready ${elapsed()} after the scaling`,
    );
    const succeeded = finished.flatMap(({ renditions }) => renditions).filter(({ state }) => state === 'succeeded');
    expect(succeeded.map(({ id }) => id)).toEqual(expect.arrayContaining(interrupted.map(({ id }) => id)));
    expect(finished.map(({ state, failureCode }) => ({ state, failureCode }))).toEqual(
      finished.map(() => ({ state: 'ready', failureCode: null })),
    );
    for (const asset of finished) {
      expect(renditionNames(asset)).toEqual([...new Set(renditionNames(asset))]);
      for (const rendition of asset.renditions) expect(rendition).toMatchObject({ state: 'succeeded', progress: 1 });
    }
    const [, ...shorts] = finished.map(renditionNames);
    for (const names of shorts) expect(names).toEqual(shorts[0]);
    expect((await longRunningPods('transcoder')).map(({ name }) => name)).not.toContain(busy?.pod);
  });
});
