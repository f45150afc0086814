import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NewTitle } from '@viernes/title-csv';
import { requireData, type EdgeClient } from '../edge/edge-client.js';
import { findOrCreateTitle, type Title } from '../edge/titles.js';
import { uploadVideo } from '../upload/upload-video.js';
import { fetchMedia, type MediaResponse } from './media.js';
import { findFirstSegment, parseMediaPlaylistUris, type FirstSegment } from './playlists.js';
import type { StepRunner } from './step-runner.js';
import { generateTestVideo } from './test-video.js';

export interface SmokeTestOptions {
  readonly ffmpegPath: string;
  /** A video file to upload instead of a generated one. */
  readonly videoPath?: string | undefined;
  /** A folder for the generated video file. */
  readonly scratchDir: string;
  readonly signal: AbortSignal;
}

/** All runs share one title. */
const TITLE: NewTitle = {
  kind: 'film',
  name: 'Viernes Installation Check',
  synopsis: 'A test card that the smoke test of an installation uploads, transcodes, and plays.',
  releaseYear: 2026,
  genres: ['Test'],
  externalId: 'viernes/smoke-test',
};
const MISSPELLED_QUERY = 'instalation chekc';
const POLL_INTERVAL_MS = 1_000;
/** Time for an event to take effect. */
const EVENT_TIMEOUT_MS = 30_000;

/** Tests the main features for editors and viewers in order. Each step uses the results of earlier steps. */
export async function smokeTest(edge: EdgeClient, steps: StepRunner, options: SmokeTestOptions): Promise<void> {
  const { signal } = options;
  const profileId = await steps.run('sign in', () => findProfile(edge));
  await steps.run('browse titles', () =>
    requireData(edge.api.GET('/v1/titles', { params: { query: { pageSize: 10 } } })),
  );
  await steps.run('browse home', () => browseHome(edge, profileId));
  const title = await steps.run('create a title', () => findOrCreateTitle(edge, TITLE));
  await steps.run(`search "${MISSPELLED_QUERY}"`, () =>
    waitUntil(() => isFound(edge, title), 'The search does not return the title', signal),
  );

  const videoPath =
    options.videoPath ??
    (await steps.run('generate a video file', async () => {
      const path = join(options.scratchDir, 'smoke-test.mp4');
      await generateTestVideo(path, options.ffmpegPath, signal);
      return path;
    }));
  const assetId = await steps.run('upload the video file', () =>
    uploadVideo(edge, title.id, videoPath, {
      onPart: (uploaded, total) => steps.logDetail(`part ${uploaded} of ${total}`),
      signal,
    }),
  );
  await steps.run('wait until the video is playable', () => waitUntilPlayable(edge, assetId, steps, signal));
  await steps.run('find the asset in the catalog', () =>
    waitUntil(() => hasAsset(edge, title.id, assetId), 'The title does not have the asset', signal),
  );
  await play(edge, steps, { titleId: title.id, profileId, assetId, signal });
}

async function findProfile(edge: EdgeClient): Promise<string> {
  const { profiles } = await requireData(edge.api.GET('/v1/profiles'));
  const [profile] = profiles;
  if (profile === undefined) throw new Error('GET /v1/profiles: the account has no profile');
  return profile.id;
}

/** The edge omits rows of unavailable services. The smoke test requires all of them. */
async function browseHome(edge: EdgeClient, profileId: string): Promise<void> {
  const { unavailableSources } = await requireData(edge.api.GET('/v1/home', { params: { query: { profileId } } }));
  if (unavailableSources.length > 0) throw new Error(`GET /v1/home: unavailable: ${unavailableSources.join(', ')}`);
}

async function isFound(edge: EdgeClient, { id }: Title): Promise<boolean> {
  const query = { query: MISSPELLED_QUERY };
  const { titles } = await requireData(edge.api.GET('/v1/titles', { params: { query } }));
  return titles.some((title) => title.id === id);
}

async function hasAsset(edge: EdgeClient, id: string, assetId: string): Promise<boolean> {
  const title = await requireData(edge.api.GET('/v1/titles/{id}', { params: { path: { id } } }));
  return title.assetId === assetId;
}

async function waitUntilPlayable(
  edge: EdgeClient,
  assetId: string,
  steps: StepRunner,
  signal: AbortSignal,
): Promise<void> {
  let logged = '';
  for (;;) {
    const asset = await requireData(edge.api.GET('/v1/assets/{id}', { params: { path: { id: assetId } } }));
    const { state, failureCode, jobsAhead, renditions } = asset;
    if (state === 'playable' || state === 'ready') return;
    if (state === 'failed') throw new Error(`GET /v1/assets/${assetId}: failed with ${failureCode ?? 'UNKNOWN'}`);
    const running = renditions
      .filter((rendition) => rendition.state === 'running')
      .map(({ name, progress }) => `${name} ${Math.round(progress * 100)} %`);
    const text = `${state}, ${running.length === 0 ? `${jobsAhead} jobs ahead` : running.join(', ')}`;
    if (text !== logged) steps.logDetail(text);
    logged = text;
    await sleep(POLL_INTERVAL_MS, undefined, { signal });
  }
}

async function play(
  edge: EdgeClient,
  steps: StepRunner,
  options: {
    readonly titleId: string;
    readonly profileId: string;
    readonly assetId: string;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { titleId, profileId, assetId, signal } = options;
  const playback = await steps.run('start playback', async () => {
    const started = await requireData(edge.api.POST('/v1/playback', { body: { titleId, profileId } }));
    if (started.assetId === assetId) return started;
    throw new Error(`POST /v1/playback: plays the asset ${started.assetId} instead of ${assetId}`);
  });
  const params = { path: { id: playback.id } };
  const get = (url: URL, headers?: Record<string, string>) => fetchMedia(url, edge.url, signal, headers);

  const mediaUrls = await steps.run('fetch the master playlist', async () => {
    const url = new URL(playback.playlistUrl, edge.url);
    const { video, audio } = parseMediaPlaylistUris((await get(url)).bytes.toString('utf8'));
    if (video.length === 0) throw new Error(`GET ${url.pathname}: no video`);
    if (audio.length === 0) throw new Error(`GET ${url.pathname}: no audio`);
    return [...video, ...audio].map((uri) => new URL(uri, url));
  });
  const segments = await steps.run('fetch the media playlists', () =>
    Promise.all(
      mediaUrls.map(async (url) => {
        const segment = findFirstSegment((await get(url)).bytes.toString('utf8'));
        if (segment === undefined) throw new Error(`GET ${url.pathname}: no segment`);
        return { ...segment, url: new URL(segment.uri, url) };
      }),
    ),
  );
  await steps.run('fetch the first segments', async () => {
    for (const { url, ...segment } of segments) {
      const last = segment.offset + segment.length - 1;
      verifyRange(url, segment, await get(url, { range: `bytes=${segment.offset}-${last}` }));
    }
  });
  await steps.run('send a heartbeat', () =>
    requireData(edge.api.POST('/v1/playback/{id}/heartbeats', { params, body: { positionMs: 1_000 } })),
  );
  await steps.run('stop playback', () =>
    edge.api.DELETE('/v1/playback/{id}', { params: { ...params, query: { positionMs: 2_000 } } }),
  );
}

/** @throws Error unless the response contains exactly the requested bytes and a matching Content-Range (RFC 9110 14.4) */
function verifyRange(url: URL, { offset, length }: FirstSegment, { status, headers, bytes }: MediaResponse): void {
  const contentRange = headers.get('content-range') ?? 'none';
  const isMatch = contentRange.startsWith(`bytes ${offset}-${offset + length - 1}/`);
  if (status === 206 && isMatch && bytes.length === length) return;
  throw new Error(
    `GET ${url.origin}${url.pathname} returned ${status} with ${bytes.length} bytes and Content-Range ${contentRange}. ` +
      `Requested: ${length} bytes from ${offset}.`,
  );
}

/** Waits for the effect of an event. */
async function waitUntil(isTrue: () => Promise<boolean>, problem: string, signal: AbortSignal): Promise<void> {
  const timeoutAt = performance.now() + EVENT_TIMEOUT_MS;
  while (!(await isTrue())) {
    if (performance.now() > timeoutAt) throw new Error(`${problem} after ${EVENT_TIMEOUT_MS / 1000} s.`);
    await sleep(POLL_INTERVAL_MS / 4, undefined, { signal });
  }
}
