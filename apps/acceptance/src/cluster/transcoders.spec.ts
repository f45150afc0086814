import type { Browser } from 'playwright-core';
import { config } from '../config.js';
import type { Schema } from '@viernes/api-client';
import { openBrowser, openContext } from '../support/browser.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { type VideoFile, longVideo, shortVideo } from '../support/video-files.js';
import { requireBody, get } from '../support/http.js';
import { unique } from '../support/unique.js';
import { BrowserUser } from '../support/browser-user.js';
import { kubectl } from './command.js';
import { renditionNames } from './data-digest.js';
import { restoreRelease, scale } from './platform.js';
import { longRunningPods, waitForReadyPods, waitForPods } from './pods.js';
import { report, stopwatch } from './report.js';
import { fetchMetrics, sumSamples } from './served-calls.js';

describe('scaling transcoders', () => {
  let browser: Browser;
  let editor: Editor;
  let long: VideoFile;
  let short: VideoFile;
  const assetIds: string[] = [];
  const browserTitleName = unique('Queued in the browser');

  beforeAll(async () => {
    [long, short] = [await longVideo(), await shortVideo()];
    await restoreRelease();
    editor = await Editor.signIn();
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
  });

  async function queue(file: VideoFile): Promise<void> {
    // Pods of the previous spec file can still be terminating, and calls that are not idempotent are not retried.
    const { id } = await eventually(() => editor.createTitle(unique('Queued')), Boolean);
    assetIds.push((await editor.uploadFile(id, file)).id);
  }

  function assets(): Promise<Schema<'Asset'>[]> {
    return Promise.all(assetIds.map(async (id) => editor.getAsset(id)));
  }

  /** Returns the running and completed jobs of each worker. */
  async function workers(): Promise<{ pod: string; running: number; completed: number }[]> {
    const pods = (await longRunningPods('transcoder')).filter(
      ({ isReady, isTerminating }) => isReady && !isTerminating,
    );
    return Promise.all(
      pods.map(async ({ name }) => {
        const metrics = await fetchMetrics(name);
        return {
          pod: name,
          running: sumSamples(metrics, 'transcode_jobs_running', /.*/),
          completed: sumSamples(metrics, 'transcode_job_seconds_count', /outcome="completed"/),
        };
      }),
    );
  }

  it('queues six uploads without a transcoder and shows the number of jobs ahead', async () => {
    await scale('transcoder', 0);
    await waitForPods('transcoder', 0);
    await queue(long);
    for (let more = 0; more < 4; more += 1) await queue(short);

    const user = await BrowserUser.open(await openContext(browser));
    await user.signIn(config.editorEmail, config.editorPassword);
    await user.upload(browserTitleName, short);
    await user.page.getByText(/^Waiting: \d+ jobs ahead$/).waitFor();
    const shown = (await user.page.getByText(/^Waiting: /).textContent()) ?? '';
    const state = await user.page.getByTestId('asset-state').getAttribute('data-state');
    await user.close();

    const waiting = await assets();
    const ahead = waiting.map(({ jobsAhead }) => jobsAhead);
    report(`transcoders at 0: jobs ahead ${ahead.join(', ')}; the browser shows "${shown}" for the sixth upload`);
    expect(state).toBe('uploaded');
    expect(waiting.map((asset) => asset.state)).toEqual(waiting.map(() => 'uploaded'));
    expect(ahead).toEqual([0, 1, 2, 3, 4]);
    expect(Number(/\d+/.exec(shown)?.[0])).toBe(5);
  });

  it('completes all jobs with two transcoders when one is deleted during a job', async () => {
    const elapsed = stopwatch();
    await scale('transcoder', 2);
    const started = (await waitForReadyPods('transcoder', 2)).map(({ name }) => name);
    const seen = new Set<string>();
    await eventually(
      async () => {
        for (const { pod, running, completed } of await workers()) if (running + completed > 0) seen.add(pod);
        return [...seen];
      },
      (pods) => started.every((pod) => pods.includes(pod)),
      { what: 'both transcoders have leased a job' },
    );
    report(`transcoders at 2: both have leased a job ${elapsed()} after scaling`);

    await eventually(
      async () => (await assets())[0]?.renditions ?? [],
      (renditions) => renditions.some(({ state, progress }) => state === 'running' && progress > 0.05),
      { what: 'a rendition of the long video has progress' },
    );
    const busy = await eventually(
      async () => (await workers()).find(({ running }) => running > 0),
      (worker) => worker !== undefined,
      { what: 'a transcoder runs a job' },
    );
    await kubectl('delete', 'pod', busy?.pod ?? '', '--wait=false');
    const interrupted = (await assets()).flatMap(({ renditions }) =>
      renditions.filter(({ state }) => state === 'running'),
    );
    report(`deleted ${busy?.pod} while ${interrupted.length} renditions were running`);
    expect(interrupted).not.toHaveLength(0);

    const browserTitle = await eventually(
      async () =>
        requireBody(await get<Schema<'TitlePage'>>(`/v1/titles?query=${encodeURIComponent(browserTitleName)}`), 200)
          .titles[0],
      (title) => title?.assetId != null,
      { what: 'the title created in the browser is playable' },
    );
    const finished = await Promise.all([...assetIds, browserTitle?.assetId ?? ''].map((id) => editor.waitForAsset(id)));
    report(
      `six assets with ${finished.flatMap(renditionNames).length} renditions are ready ${elapsed()} after scaling`,
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
