import { randomUUID } from 'node:crypto';
import { PlaybackProgressedV1, type videoV1 } from '@viernes/contracts';
import { finishJob, leaseJob, PROBE, uploadFilm, workAll } from '../testing/films.js';
import { recordedEvents } from '../testing/published-events.js';
import { newActor, startVideo, type Actor, type RunningVideo } from '../testing/video-service.js';

const NOT_FOUND = { code: 'PLAYBACK_NOT_FOUND' };
const EDGE = 'https://edge.test/v1/playback/the-id/';

/** The addresses that a playlist names, as a player at the edge's address resolves them. */
function addresses(playlist: string, base: string): string[] {
  const lines = playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const attributes = [...playlist.matchAll(/URI="([^"]+)"/g)].map(([, uri]) => String(uri));
  return [...attributes, ...lines].map((uri) => new URL(uri, base).href);
}

describe.each([
  ['with a store that browsers reach', {}],
  ['with media through the edge', { S3_PUBLIC_ENDPOINT: '' }],
])('playback %s', (_, settings) => {
  const editor = newActor();
  let running: RunningVideo;
  let titleId: string;
  beforeAll(async () => {
    running = await startVideo(settings);
    ({ titleId } = await uploadFilm(running, editor));
    await workAll(running);
  });
  afterAll(async () => running?.stop());

  const start = async (viewer: Actor, profileId: string = randomUUID()): Promise<videoV1.Playback> => {
    const { playback } = await running.as(viewer, () => running.video.startPlayback({ titleId, profileId }));
    if (!playback) throw new Error('no playback was answered');
    return playback;
  };
  const heartbeat = (viewer: Actor, playbackId: string, positionMs: number) =>
    running.as(viewer, () => running.video.heartbeatPlayback({ playbackId, positionMs }));
  const end = (viewer: Actor, playbackId: string, positionMs?: number) =>
    running.as(viewer, () => running.video.endPlayback({ playbackId, positionMs }));
  const expire = (playbackId: string) =>
    running.database.query('UPDATE playback_sessions SET expires_at = now() WHERE id = $1', [playbackId]);
  const progress = async (playbackId: string) =>
    (await recordedEvents(running.database, PlaybackProgressedV1)).filter((event) => event.playbackId === playbackId);
  const renditionsOf = (playlist: string) =>
    addresses(playlist, `${EDGE}master.m3u8`).map((url) => /renditions\/([^/]+)\.m3u8/.exec(url)?.[1] ?? url);

  it('goes from the master playlist to the bytes', async () => {
    const playback = await start(newActor('viewer'));
    expect(playback).toMatchObject({ titleId, durationMs: PROBE.durationMs, heartbeatSeconds: 15 });
    const { id: playbackId, token } = playback;
    const { playlist: master } = await running.video.getMasterPlaylist({ playbackId, token });
    expect(master).toMatch(/^#EXTM3U\n/);
    expect([...master.matchAll(/RESOLUTION=(\d+x\d+)/g)].map(([, size]) => size)).toEqual([
      '426x240',
      '640x360',
      '854x480',
      '1280x720',
    ]);
    const renditionIds = renditionsOf(master);
    expect(renditionIds).toHaveLength(5);
    for (const url of addresses(master, `${EDGE}master.m3u8`)) {
      expect(url).toMatch(/^https:\/\/edge\.test\/v1\/playback\/the-id\/renditions\/[-0-9a-f]{36}\.m3u8\?token=/);
      expect(new URL(url).searchParams.get('token')).toBe(token);
    }

    for (const renditionId of renditionIds) {
      const { playlist: media } = await running.video.getMediaPlaylist({ playbackId, token, renditionId });
      expect(media).toContain('#EXT-X-BYTERANGE:400@100');
      const [mediaUrl, ...others] = new Set(addresses(media, `${EDGE}renditions/${renditionId}.m3u8`));
      expect(others).toEqual([]);
      const { url: internal } = await running.video.getMediaLocation({ playbackId, token, renditionId });
      const isThroughEdge = 'S3_PUBLIC_ENDPOINT' in settings;
      if (isThroughEdge) expect(mediaUrl).toBe(`${EDGE}media/${renditionId}.mp4?token=${token}`);
      for (const url of isThroughEdge ? [internal] : [internal, String(mediaUrl)]) {
        const bytes = await fetch(url, { headers: { range: 'bytes=100-499' } });
        expect(bytes.status).toBe(206);
        expect(bytes.headers.get('content-range')).toBe('bytes 100-499/900');
        expect(bytes.headers.get('content-type')).toBe('video/mp4');
        expect(bytes.headers.get('cache-control')).toContain('immutable');
        expect((await bytes.arrayBuffer()).byteLength).toBe(400);
      }
    }
  });

  it('needs the token of its own session', async () => {
    const viewer = newActor('viewer');
    const [playback, other] = [await start(viewer), await start(viewer)];
    const renditionId = randomUUID();
    const asked = { playbackId: playback.id, token: other.token };
    await expect(running.video.getMasterPlaylist(asked)).rejects.toMatchObject(NOT_FOUND);
    await expect(running.video.getMediaPlaylist({ ...asked, renditionId })).rejects.toMatchObject(NOT_FOUND);
    await expect(running.video.getMediaLocation({ ...asked, renditionId })).rejects.toMatchObject(NOT_FOUND);
    await expect(
      running.video.getMediaPlaylist({ playbackId: playback.id, token: playback.token, renditionId }),
    ).rejects.toMatchObject({ code: 'RENDITION_NOT_FOUND' });
    const stored = await running.database.query<{ row: string }>(
      'SELECT playback_sessions::text AS row FROM playback_sessions',
    );
    expect(stored.some(({ row }) => row.includes(playback.token))).toBe(false);
  });

  it('has as many streams as the account may, however starts race', async () => {
    const viewer = newActor('viewer');
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => start(viewer)));
    const [first, second, ...others] = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value] : [],
    );
    expect(others).toHaveLength(2);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'STREAM_LIMIT_REACHED' });
    }
    await expect(start(newActor('viewer'))).resolves.toMatchObject({ titleId });

    await end(viewer, first?.id ?? '');
    await start(viewer);
    await expect(start(viewer)).rejects.toMatchObject({ code: 'STREAM_LIMIT_REACHED' });
    await expire(second?.id ?? '');
    await start(viewer);
  });

  it('is kept by heartbeats, which tell where the profile is', async () => {
    const viewer = newActor('viewer');
    const profileId = randomUUID();
    const { id, expiresAt, assetId } = await start(viewer, profileId);
    const extended = await heartbeat(viewer, id, 1_000);
    expect(Date.parse(extended.expiresAt ?? '')).toBeGreaterThanOrEqual(Date.parse(expiresAt ?? ''));
    await heartbeat(viewer, id, 2_000);
    await heartbeat(viewer, id, PROBE.durationMs + 5_000);
    await end(viewer, id, 3_000);
    const told = await progress(id);
    expect(told.map(({ positionMs, isStart }) => [positionMs, isStart])).toEqual([
      [1_000, true],
      [2_000, false],
      [PROBE.durationMs, false],
      [3_000, false],
    ]);
    const { accountId } = viewer;
    expect(told[0]).toMatchObject({ accountId, profileId, titleId, assetId, durationMs: PROBE.durationMs });
  });

  it('has one first heartbeat, even when two race', async () => {
    const viewer = newActor('viewer');
    const { id } = await start(viewer);
    await Promise.all([heartbeat(viewer, id, 10), heartbeat(viewer, id, 20)]);
    expect((await progress(id)).map(({ isStart }) => isStart)).toEqual([true, false]);
  });

  it('that ended or expired is not found any more, and ending it again is fine', async () => {
    const viewer = newActor('viewer');
    const ended = await start(viewer);
    await end(viewer, ended.id, 500);
    await end(viewer, ended.id, 700);
    expect((await progress(ended.id)).map(({ positionMs }) => positionMs)).toEqual([500]);
    const expired = await start(viewer);
    await expire(expired.id);
    await end(viewer, expired.id);
    for (const { id, token } of [ended, expired]) {
      await expect(heartbeat(viewer, id, 1)).rejects.toMatchObject(NOT_FOUND);
      await expect(running.video.getMasterPlaylist({ playbackId: id, token })).rejects.toMatchObject(NOT_FOUND);
    }
  });

  it("is its account's alone", async () => {
    const viewer = newActor('viewer');
    const { id } = await start(viewer);
    await expect(heartbeat(newActor('viewer'), id, 1)).rejects.toMatchObject(NOT_FOUND);
    await expect(end(newActor('viewer'), id)).rejects.toMatchObject(NOT_FOUND);
    await expect(running.video.heartbeatPlayback({ playbackId: id, positionMs: 1 })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    await expect(heartbeat(viewer, id, 1)).resolves.toBeDefined();
  });

  it('begins with the lowest rung, and gains rungs as they are made; the latest film of a title is played', async () => {
    const viewer = newActor('viewer');
    const startTitle = (newTitleId: string) =>
      running.as(viewer, () => running.video.startPlayback({ titleId: newTitleId, profileId: randomUUID() }));
    const film = await uploadFilm(running, editor);
    await expect(startTitle(film.titleId)).rejects.toMatchObject({ code: 'TITLE_NOT_PLAYABLE' });
    for (const _job of ['probe', '240p', 'audio']) await finishJob(running, await leaseJob(running));

    const { playback } = await startTitle(film.titleId);
    const asked = { playbackId: playback?.id ?? '', token: playback?.token ?? '' };
    const count = async () => renditionsOf((await running.video.getMasterPlaylist(asked)).playlist).length;
    expect(await count()).toBe(2);
    await finishJob(running, await leaseJob(running));
    expect(await count()).toBe(3);
    await workAll(running);

    const newer = await uploadFilm(running, editor, { titleId: film.titleId });
    expect((await startTitle(film.titleId)).playback?.assetId).toBe(film.id);
    await workAll(running);
    expect((await startTitle(film.titleId)).playback?.assetId).toBe(newer.id);
  });
});
