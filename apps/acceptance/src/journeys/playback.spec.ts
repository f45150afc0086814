import { config } from '../config.js';
import type { Playback, Title } from '../support/api-types.js';
import { Editor } from '../support/editor.js';
import { longFilm } from '../support/films.js';
import { playWithFfmpeg } from '../support/hls-client.js';
import { bodyOf, expectProblem, get, post } from '../support/http.js';
import { parseMaster, parseMedia, readPlaylist } from '../support/playlists.js';
import { unique } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

const FILM_SECONDS = 30;

describe('playing a film', () => {
  let editor: Editor;
  let title: Title;
  let viewer: Viewer;
  let playback: Playback;

  beforeAll(async () => {
    editor = await Editor.signIn();
    title = await editor.readyTitle(unique('Playback'), await longFilm());
    viewer = await Viewer.signUp();
    playback = await viewer.play(title.id);
  });

  it('starts at the beginning and knows how long the film is', () => {
    expect(playback).toMatchObject({ titleId: title.id, assetId: title.assetId, resumePositionMs: 0 });
    expect(playback.durationMs / 1000).toBeCloseTo(FILM_SECONDS, 0);
    expect(title.durationMs).toBe(playback.durationMs);
  });

  it('offers every rendition once, the lowest rung first, and one sound for all', async () => {
    const { renditions } = await editor.asset(playback.assetId);
    const variants = parseMaster(await readPlaylist(playback.playlistUrl), playback.playlistUrl);
    const videos = variants.filter(({ kind }) => kind === 'video');
    const rungs = renditions.filter(({ kind }) => kind === 'video');

    expect(videos.map(({ attributes }) => attributes['RESOLUTION'])).toEqual(
      rungs.map(({ width, height }) => `${width}x${height}`),
    );
    const bandwidths = videos.map(({ attributes }) => Number(attributes['BANDWIDTH']));
    expect(bandwidths).toEqual(bandwidths.toSorted((a, b) => a - b));
    expect(videos.map(({ attributes }) => attributes['CODECS'])).toEqual(
      rungs.map(() => expect.stringMatching(/^avc1\..+,mp4a\.40\.2$/)),
    );
    expect(variants.filter(({ kind }) => kind === 'audio')).toHaveLength(1);
    expect(new Set(variants.map(({ url }) => url)).size).toBe(renditions.length);
  });

  it('serves each rendition as byte ranges of one object that never changes', async () => {
    for (const variant of parseMaster(await readPlaylist(playback.playlistUrl), playback.playlistUrl)) {
      const { mediaUrls, initSegment, segments, hasEnd } = parseMedia(await readPlaylist(variant.url), variant.url);
      const durationSeconds = segments.reduce((sum, segment) => sum + segment.durationSeconds, 0);
      expect({ hasEnd, urls: mediaUrls.length, initOffset: initSegment.offset }).toEqual({
        hasEnd: true,
        urls: 1,
        initOffset: 0,
      });
      expect(Math.abs(durationSeconds - FILM_SECONDS)).toBeLessThan(0.5);

      const [mediaUrl = ''] = mediaUrls;
      const last = segments.at(-1) ?? { offset: 0, length: 0 };
      for (const { offset, length } of [initSegment, last]) {
        const response = await fetch(mediaUrl, { headers: { range: `bytes=${offset}-${offset + length - 1}` } });
        expect(response.status).toBe(206);
        expect(response.headers.get('content-range')).toMatch(
          new RegExp(`^bytes ${offset}-${offset + length - 1}/\\d+$`),
        );
        expect(response.headers.get('cache-control')).toContain('immutable');
        expect((await response.arrayBuffer()).byteLength).toBe(length);
      }
    }
  });

  it('plays from end to end in a player that somebody else wrote', async () => {
    const { decodedSeconds, complaints } = await playWithFfmpeg(playback.playlistUrl);
    expect(complaints).toBe('');
    expect(Math.abs(decodedSeconds - FILM_SECONDS)).toBeLessThan(0.5);
  });

  it('needs the token of its session', async () => {
    const url = new URL(playback.playlistUrl, config.edgeUrl);
    url.searchParams.set('token', `${url.searchParams.get('token')?.slice(0, -2)}xx`);
    expectProblem(await get(url.href), 404, 'PLAYBACK_NOT_FOUND');
  });

  it('is not had without an account, for somebody else’s profile, or without a film', async () => {
    const other = await Viewer.signUp();
    expectProblem(
      await get(`/v1/profiles/${viewer.profileId}/continue-watching`, { token: other.token }),
      404,
      'PROFILE_NOT_FOUND',
    );
    expectProblem(await other.requestPlayback(title.id, viewer.profileId), 404, 'PROFILE_NOT_FOUND');
    expectProblem(await other.heartbeat(playback.id, 5_000), 404, 'PLAYBACK_NOT_FOUND');
    const anonymous = await post('/v1/playback', { titleId: title.id, profileId: viewer.profileId });
    expectProblem(anonymous, 401, 'UNAUTHENTICATED');
    const filmless = await editor.makeTitle(unique('Announced'));
    expectProblem(await viewer.requestPlayback(filmless.id), 409, 'TITLE_NOT_PLAYABLE');
  });

  it('stops when it is ended', async () => {
    const ended = await viewer.play(title.id);
    bodyOf(await viewer.stop(ended.id), 204);
    expectProblem(await get(ended.playlistUrl), 404, 'PLAYBACK_NOT_FOUND');
    expectProblem(await viewer.heartbeat(ended.id, 1_000), 404, 'PLAYBACK_NOT_FOUND');
    bodyOf(await viewer.stop(ended.id), 204);
  });
});
