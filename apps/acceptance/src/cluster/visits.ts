import type { Schema } from '@viernes/api-client';
import { parseMaster, parseMedia } from '../support/playlists.js';
import type { Viewer } from '../support/viewer.js';
import type { Visit } from './load.js';

/**
 * Requests the page of the web app, a list of titles, a search, and two titles.
 *
 * @param viewer requests with its token reach the catalog. Without one, the edge serves most requests from its cache.
 */
export function browse(words: readonly string[], viewer?: Viewer): Visit {
  const token = viewer?.token;
  let searches = 0;
  return [
    'browse',
    async (send) => {
      await send({ name: 'page', method: 'GET', path: '/' });
      const list = await send({ name: 'titles', method: 'GET', path: '/v1/titles?pageSize=20', token });
      const word = words[(searches += 1) % words.length] ?? '';
      await send({ name: 'search', method: 'GET', path: `/v1/titles?query=${encodeURIComponent(word)}`, token });
      for (const { id } of (JSON.parse(list) as Schema<'TitlePage'>).titles.slice(0, 2)) {
        await send({ name: 'title', method: 'GET', path: `/v1/titles/${id}`, token });
      }
    },
  ];
}

/** Loads the home page of a signed-in user. Reports unavailable rows as a degradation, not as a failure. */
export function home({ token, profileId }: Viewer): Visit {
  return [
    'home',
    async (send) => {
      await send({
        name: 'home',
        method: 'GET',
        path: `/v1/home?profileId=${profileId}`,
        token,
        findDegradation: (text) => {
          const { unavailableSources } = JSON.parse(text) as Schema<'Home'>;
          return unavailableSources.length === 0 ? undefined : `unavailable: ${unavailableSources.join(', ')}`;
        },
      });
      await send({ name: 'profiles', method: 'GET', path: '/v1/profiles', token });
      const path = `/v1/profiles/${profileId}/continue-watching`;
      await send({ name: 'continue-watching', method: 'GET', path, token });
      await send({ name: 'profiles', method: 'GET', path: '/v1/profiles', token });
    },
  ];
}

const FIRST_BYTES = 64 * 1024;

/** Plays the start of a title: playlists, bytes, heartbeats, and the stop request. */
export function watch({ token, profileId }: Viewer, titleId: string): Visit {
  return [
    'watch',
    async (send) => {
      const playback = await send({
        name: 'playback',
        method: 'POST',
        path: '/v1/playback',
        token,
        body: { titleId, profileId },
      });
      const { id, playlistUrl } = JSON.parse(playback) as Schema<'Playback'>;
      const sendHeartbeat = (positionMs: number): Promise<string> =>
        send({
          name: 'heartbeat',
          method: 'POST',
          path: `/v1/playback/${id}/heartbeats`,
          token,
          body: { positionMs },
        });
      try {
        const master = await send({ name: 'playlist', method: 'GET', path: playlistUrl });
        const [variant] = parseMaster(master, playlistUrl).filter(({ kind }) => kind === 'video');
        if (variant === undefined) throw new Error('the master playlist has no video variant');
        const media = await send({ name: 'playlist', method: 'GET', path: variant.url });
        const [mediaUrl = ''] = parseMedia(media, variant.url).mediaUrls;
        await sendHeartbeat(1_000);
        await send({
          name: 'media',
          method: 'GET',
          path: mediaUrl,
          headers: { range: `bytes=0-${FIRST_BYTES - 1}` },
        });
        await sendHeartbeat(2_000);
      } finally {
        // Also after a failed request, because an abandoned stream occupies a slot until its heartbeats time out.
        await send({ name: 'stop', method: 'DELETE', path: `/v1/playback/${id}`, token });
      }
    },
  ];
}

/** Sends one request on a new connection. */
export const singleRequest: Visit = [
  'single-request',
  async (send) => {
    await send({ name: 'single-request', method: 'GET', path: '/v1/titles?pageSize=5' });
  },
];
