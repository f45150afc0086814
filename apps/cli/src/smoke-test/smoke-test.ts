import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EdgeClient } from '../edge/edge-client.js';
import { findOrMakeTitle, type KnownTitle } from '../edge/titles.js';
import { uploadFilm } from '../upload/upload-film.js';
import { makeTestVideo } from './test-video.js';
import { fetchMedia } from './media.js';
import { firstSegment, playlistUris, type FirstSegment } from './playlists.js';
import type { Steps } from './steps.js';

export interface SmokeTestOptions {
  readonly ffmpegPath: string;
  /** A film to send; absent: one is drawn. */
  readonly filmPath?: string | undefined;
  /** A folder for the drawn film. */
  readonly scratchDir: string;
  readonly signal: AbortSignal;
}

interface Asset {
  readonly state: string;
  readonly failureCode: string | null;
  readonly jobsAhead: number;
  readonly renditions: readonly { readonly name: string; readonly state: string; readonly progress: number }[];
}

interface Playback {
  readonly id: string;
  readonly assetId: string;
  readonly playlistUrl: string;
}

/** The one title that checks leave behind, however many have run. */
const TITLE = {
  kind: 'film',
  name: 'Viernes Installation Check',
  synopsis: 'Left by the check of an installation: a test card that was sent, transcoded and played. Watch it or not.',
  releaseYear: 2026,
  genres: ['Test'],
  directors: [],
  externalId: 'viernes/check',
} as const;
const MISSPELT = 'instalation chekc';
const LOOK_EVERY_MS = 1_000;

/** What a viewer and an editor need, once around: each step on what the last one made. */
export async function smokeTest(edge: EdgeClient, steps: Steps, options: SmokeTestOptions): Promise<void> {
  const { signal } = options;
  const profileId = await steps.run('sign in', () => findProfile(edge));
  await steps.run('browse titles', () => edge.get('/v1/titles?pageSize=10'));
  await steps.run('browse home', () => browseHome(edge, profileId));
  const title = await steps.run('create a title', () => findOrMakeTitle(edge, TITLE));
  await steps.run(`search "${MISSPELT}"`, () => until(() => isFound(edge, title), 'the title is not found', signal));

  const filmPath =
    options.filmPath ??
    (await steps.run('draw a film', async () => {
      const path = join(options.scratchDir, 'check.mp4');
      await makeTestVideo(path, options.ffmpegPath, signal);
      return path;
    }));
  const assetId = await steps.run('upload it', () =>
    uploadFilm(edge, title.id, filmPath, {
      onPart: (arrived, total) => steps.tell(`part ${arrived} of ${total}`),
      signal,
    }),
  );
  await steps.run('wait until it is playable', () => untilPlayable(edge, assetId, steps, signal));
  await steps.run('see it in the catalogue', () =>
    until(async () => (await edge.get<KnownTitle>(`/v1/titles/${title.id}`)).assetId === assetId, 'not yet', signal),
  );
  await play(edge, steps, { titleId: title.id, profileId, assetId, signal });
}

async function findProfile(edge: EdgeClient): Promise<string> {
  const { profiles } = await edge.get<{ profiles: readonly { readonly id: string }[] }>('/v1/profiles');
  const [profile] = profiles;
  if (profile === undefined) throw new Error('GET /v1/profiles: the account has no profile');
  return profile.id;
}

/** Home answers without the parts that are away; a whole platform has none. */
async function browseHome(edge: EdgeClient, profileId: string): Promise<void> {
  const { missing } = await edge.get<{ missing: readonly string[] }>(`/v1/home?profileId=${profileId}`);
  if (missing.length > 0) throw new Error(`GET /v1/home answered without ${missing.join(', ')}`);
}

async function isFound(edge: EdgeClient, { id }: KnownTitle): Promise<boolean> {
  const query = new URLSearchParams({ query: MISSPELT });
  const { titles } = await edge.get<{ titles: readonly KnownTitle[] }>(`/v1/titles?${query.toString()}`);
  return titles.some((title) => title.id === id);
}

async function untilPlayable(edge: EdgeClient, assetId: string, steps: Steps, signal: AbortSignal): Promise<void> {
  let told = '';
  for (;;) {
    const { state, failureCode, jobsAhead, renditions } = await edge.get<Asset>(`/v1/assets/${assetId}`);
    if (state === 'playable' || state === 'ready') return;
    if (state === 'failed') throw new Error(`GET /v1/assets/${assetId}: the film failed, ${failureCode ?? 'UNKNOWN'}`);
    const running = renditions.filter((rendition) => rendition.state === 'running');
    const doing = running.map(({ name, progress }) => `${name} ${Math.round(progress * 100)} %`).join(', ');
    const text = `${state}${doing === '' ? `, ${jobsAhead} jobs ahead` : `, ${doing}`}`;
    if (text !== told) steps.tell(text);
    told = text;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

async function play(
  edge: EdgeClient,
  steps: Steps,
  film: {
    readonly titleId: string;
    readonly profileId: string;
    readonly assetId: string;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { titleId, profileId, signal } = film;
  const playback = await steps.run('start playback', async () => {
    const { body } = await edge.post<Playback>('/v1/playback', { titleId, profileId });
    if (body.assetId !== film.assetId) throw new Error(`POST /v1/playback plays ${body.assetId}, not what was sent`);
    return body;
  });
  const get = (url: URL, headers?: Record<string, string>) => fetchMedia(url, edge.url, signal, headers);

  const mediaUrls = await steps.run('fetch the master playlist', async () => {
    const url = new URL(playback.playlistUrl, edge.url);
    const uris = playlistUris((await get(url)).bytes.toString('utf8'));
    if (uris.length < 2) throw new Error(`GET ${url.pathname}: no picture and sound`);
    return uris.map((uri) => new URL(uri, url));
  });
  const segments = await steps.run('fetch the media playlists', () =>
    Promise.all(
      mediaUrls.map(async (url) => {
        const segment = firstSegment((await get(url)).bytes.toString('utf8'));
        if (segment === undefined) throw new Error(`GET ${url.pathname}: no segment`);
        return { ...segment, url: new URL(segment.uri, url) };
      }),
    ),
  );
  await steps.run('fetch the first segments', async () => {
    for (const { url, ...segment } of segments) {
      const last = segment.offset + segment.length - 1;
      expectRange(url, segment, await get(url, { range: `bytes=${segment.offset}-${last}` }));
    }
  });
  await steps.run('send a heartbeat', () => edge.post(`/v1/playback/${playback.id}/heartbeats`, { positionMs: 1_000 }));
  await steps.run('stop playback', () => edge.delete(`/v1/playback/${playback.id}?positionMs=2000`));
}

/** @throws Error unless exactly these bytes were answered, and said to be those (RFC 9110 section 14.4) */
function expectRange(
  url: URL,
  { offset, length }: FirstSegment,
  { status, headers, bytes }: { readonly status: number; readonly headers: Headers; readonly bytes: Buffer },
): void {
  const contentRange = headers.get('content-range') ?? 'none';
  const isSaid = contentRange.startsWith(`bytes ${offset}-${offset + length - 1}/`);
  if (status === 206 && isSaid && bytes.length === length) return;
  throw new Error(
    `GET ${url.origin}${url.pathname} answered ${status} with ${bytes.length} bytes and Content-Range ${contentRange}; ` +
      `asked were ${length} from ${offset}`,
  );
}

/** What an event changes is there soon, not at once. */
async function until(isTrue: () => Promise<boolean>, otherwise: string, signal: AbortSignal): Promise<void> {
  const endsAt = performance.now() + 30_000;
  while (!(await isTrue())) {
    if (performance.now() > endsAt) throw new Error(`${otherwise}, after 30 s`);
    await sleep(LOOK_EVERY_MS / 4, undefined, { signal });
  }
}
