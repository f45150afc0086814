import type { Schema } from '@viernes/api-client';
import { parseMaster, parseMedia } from '../support/playlists.js';
import type { Viewer } from '../support/viewer.js';
import type { Visit } from './load.js';

/** Looks around without an account: the page, a list, a search, one title. */
export function browse(words: readonly string[]): Visit {
  let turn = 0;
  return [
    'browse',
    async (ask) => {
      await ask({ name: 'page', method: 'GET', path: '/' });
      const list = await ask({ name: 'titles', method: 'GET', path: '/v1/titles?pageSize=20' });
      const word = words[(turn += 1) % words.length] ?? '';
      await ask({ name: 'search', method: 'GET', path: `/v1/titles?query=${encodeURIComponent(word)}` });
      for (const { id } of (JSON.parse(list) as Schema<'TitlePage'>).titles.slice(0, 2)) {
        await ask({ name: 'title', method: 'GET', path: `/v1/titles/${id}` });
      }
    },
  ];
}

/** The first page of somebody who is known. A row that is missing is told, though the page does not fail. */
export function home({ token, profileId }: Viewer): Visit {
  return [
    'home',
    async (ask) => {
      await ask({
        name: 'home',
        method: 'GET',
        path: `/v1/home?profileId=${profileId}`,
        token,
        lackIn: (text) => {
          const { unavailableSources } = JSON.parse(text) as Schema<'Home'>;
          return unavailableSources.length === 0 ? undefined : `unavailable: ${unavailableSources.join(', ')}`;
        },
      });
      await ask({ name: 'profiles', method: 'GET', path: '/v1/profiles', token });
      const path = `/v1/profiles/${profileId}/continue-watching`;
      await ask({ name: 'continue-watching', method: 'GET', path, token });
      await ask({ name: 'profiles', method: 'GET', path: '/v1/profiles', token });
    },
  ];
}

const FIRST_BYTES = 64 * 1024;

/** Plays the beginning of a film: playlists, bytes, heartbeats, and stops. */
export function watch({ token, profileId }: Viewer, titleId: string): Visit {
  return [
    'watch',
    async (ask) => {
      const started = await ask({
        ...{ name: 'playback', method: 'POST', path: '/v1/playback', token },
        body: { titleId, profileId },
      });
      const { id, playlistUrl } = JSON.parse(started) as Schema<'Playback'>;
      const beat = (positionMs: number): Promise<string> =>
        ask({
          ...{ name: 'heartbeat', method: 'POST', path: `/v1/playback/${id}/heartbeats`, token },
          body: { positionMs },
        });
      try {
        const master = await ask({ name: 'playlist', method: 'GET', path: playlistUrl });
        const [variant] = parseMaster(master, playlistUrl).filter(({ kind }) => kind === 'video');
        if (variant === undefined) throw new Error('a master playlist without pictures');
        const media = await ask({ name: 'playlist', method: 'GET', path: variant.url });
        const [mediaUrl = ''] = parseMedia(media, variant.url).mediaUrls;
        await beat(1_000);
        await ask({
          ...{ name: 'media', method: 'GET', path: mediaUrl },
          headers: { range: `bytes=0-${FIRST_BYTES - 1}` },
        });
        await beat(2_000);
      } finally {
        // Also when a request failed: a stream that is left takes a place for a while.
        await ask({ name: 'stop', method: 'DELETE', path: `/v1/playback/${id}`, token });
      }
    },
  ];
}

/** One page, and gone. */
export const glance: Visit = [
  'glance',
  async (ask) => {
    await ask({ name: 'glance', method: 'GET', path: '/v1/titles?pageSize=5' });
  },
];
