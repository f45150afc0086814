import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { Editor } from '../support/editor.js';
import { decodeWithFfmpeg } from '../support/hls-client.js';
import { requireBody, expectProblem, get, post } from '../support/http.js';
import { parseMaster, parseMedia, readPlaylist } from '../support/playlists.js';
import { unique } from '../support/unique.js';
import { longVideo } from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';

const VIDEO_SECONDS = 30;

describe('playback', () => {
  let editor: Editor;
  let title: Schema<'Title'>;
  let viewer: Viewer;
  let playback: Schema<'Playback'>;

  beforeAll(async () => {
    editor = await Editor.signIn();
    title = await editor.createReadyTitle(unique('Playback'), await longVideo());
    viewer = await Viewer.signUp();
    playback = await viewer.play(title.id);
  });

  it('starts a new playback at the beginning and states the duration', () => {
    expect(playback).toMatchObject({ titleId: title.id, assetId: title.assetId, resumePositionMs: 0 });
    expect(playback.durationMs / 1000).toBeCloseTo(VIDEO_SECONDS, 0);
    expect(title.durationMs).toBe(playback.durationMs);
  });

  it('lists every rendition once in the master playlist: lowest rung first, one audio for all', async () => {
    const { renditions } = await editor.getAsset(playback.assetId);
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

  it('compresses playlists', async () => {
    const [variant] = parseMaster(await readPlaylist(playback.playlistUrl), playback.playlistUrl);
    const { headers } = await get(variant?.url ?? '', { headers: { 'accept-encoding': 'br' } });
    expect(headers.get('content-encoding')).toBe('br');
    expect(headers.get('vary')).toContain('Accept-Encoding');
  });

  it('serves each rendition as byte ranges of one immutable object', async () => {
    for (const variant of parseMaster(await readPlaylist(playback.playlistUrl), playback.playlistUrl)) {
      const { mediaUrls, initSegment, segments, hasEnd } = parseMedia(await readPlaylist(variant.url), variant.url);
      const durationSeconds = segments.reduce((sum, segment) => sum + segment.durationSeconds, 0);
      expect({ hasEnd, urls: mediaUrls.length, initOffset: initSegment.offset }).toEqual({
        hasEnd: true,
        urls: 1,
        initOffset: 0,
      });
      expect(Math.abs(durationSeconds - VIDEO_SECONDS)).toBeLessThan(0.5);

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

  it('serves a playlist that ffmpeg decodes from start to end without an error', async () => {
    const { decodedSeconds, stderr } = await decodeWithFfmpeg(playback.playlistUrl);
    expect(stderr).toBe('');
    expect(Math.abs(decodedSeconds - VIDEO_SECONDS)).toBeLessThan(0.5);
  });

  it('returns 404 for a playlist URL with a changed token', async () => {
    const url = new URL(playback.playlistUrl, config.edgeUrl);
    url.searchParams.set('token', `${url.searchParams.get('token')?.slice(0, -2)}xx`);
    expectProblem(await get(url.href), 404, 'PLAYBACK_NOT_FOUND');
  });

  it('rejects playback without an account, for a profile of another account, and for a title without a video', async () => {
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
    const titleWithoutVideo = await editor.createTitle(unique('Announced'));
    expectProblem(await viewer.requestPlayback(titleWithoutVideo.id), 409, 'TITLE_NOT_PLAYABLE');
  });

  it('returns 404 for the playlist and heartbeats of a stopped playback, and 204 for a repeated stop', async () => {
    const stopped = await viewer.play(title.id);
    requireBody(await viewer.stop(stopped.id), 204);
    expectProblem(await get(stopped.playlistUrl), 404, 'PLAYBACK_NOT_FOUND');
    expectProblem(await viewer.heartbeat(stopped.id, 1_000), 404, 'PLAYBACK_NOT_FOUND');
    requireBody(await viewer.stop(stopped.id), 204);
  });
});
