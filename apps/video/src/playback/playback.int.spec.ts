import { randomUUID } from 'node:crypto';
import { PlaybackProgressedV1, type videoV1 } from '@viernes/contracts';
import { RowCleanups } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { newCaller } from '@viernes/platform/testing';
import { completeJob, leaseJob, PROBE_RESULT, uploadAsset, completeAllJobs } from '../testing/workflow.js';
import { recordedEvents } from '../testing/recorded-events.js';
import { startReplica, startVideo, type TestVideo } from '../testing/test-video.js';

const NOT_FOUND = { code: 'PLAYBACK_NOT_FOUND' };
const HOUR_MS = 3_600_000;
const EDGE = 'https://edge.test/v1/playback/the-id/';

/** Returns the URLs of a playlist, resolved against the playlist's URL at the edge. */
function listUrls(playlist: string, base: string): string[] {
  const lines = playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const attributes = [...playlist.matchAll(/URI="([^"]+)"/g)].map(([, uri]) => String(uri));
  return [...attributes, ...lines].map((uri) => new URL(uri, base).href);
}

describe.each([
  ['with object storage that browsers reach', {}],
  ['with media through the edge', { S3_PUBLIC_ENDPOINT: '' }],
])('playback %s', (_, settings) => {
  const editor = newCaller('editor');
  let service: TestVideo;
  let titleId: string;
  beforeAll(async () => {
    service = await startVideo(settings);
    ({ titleId } = await uploadAsset(service, editor));
    await completeAllJobs(service);
  });
  afterAll(async () => service?.stop());

  const start = async (viewer: Caller, profileId: string = randomUUID()): Promise<videoV1.Playback> => {
    const { playback } = await service.as({ ...viewer, profileId }, () =>
      service.video.startPlayback({ titleId, profileId }),
    );
    if (!playback) throw new Error('the response contains no playback');
    return playback;
  };
  const heartbeat = (viewer: Caller, playbackId: string, positionMs: number) =>
    service.as(viewer, () => service.video.heartbeatPlayback({ playbackId, positionMs }));
  const end = (viewer: Caller, playbackId: string, positionMs?: number) =>
    service.as(viewer, () => service.video.endPlayback({ playbackId, positionMs }));
  const expire = (playbackId: string) =>
    service.database.query('UPDATE playback_session SET expires_at = now() WHERE id = $1', [playbackId]);
  const progress = async (playbackId: string) =>
    (await recordedEvents(service.database, PlaybackProgressedV1)).filter((event) => event.playbackId === playbackId);
  const toRenditionIds = (playlist: string) =>
    listUrls(playlist, `${EDGE}master.m3u8`).map((url) => /renditions\/([^/]+)\.m3u8/.exec(url)?.[1] ?? url);

  it('serves the master playlist, the media playlists, and the bytes', async () => {
    const playback = await start(newCaller());
    expect(playback).toMatchObject({ titleId, durationMs: PROBE_RESULT.durationMs, heartbeatSeconds: 9 });
    const { id: playbackId, token } = playback;
    const { playlist: master } = await service.video.getMasterPlaylist({ playbackId, token });
    expect(master).toMatch(/^#EXTM3U\n/);
    expect([...master.matchAll(/RESOLUTION=(\d+x\d+)/g)].map(([, size]) => size)).toEqual([
      '426x240',
      '640x360',
      '854x480',
      '1280x720',
    ]);
    const renditionIds = toRenditionIds(master);
    expect(renditionIds).toHaveLength(5);
    for (const url of listUrls(master, `${EDGE}master.m3u8`)) {
      expect(url).toMatch(/^https:\/\/edge\.test\/v1\/playback\/the-id\/renditions\/[-0-9a-f]{36}\.m3u8\?token=/);
      expect(new URL(url).searchParams.get('token')).toBe(token);
    }

    for (const renditionId of renditionIds) {
      const { playlist: media } = await service.video.getMediaPlaylist({ playbackId, token, renditionId });
      expect(media).toContain('#EXT-X-BYTERANGE:400@100');
      const [mediaUrl, ...others] = new Set(listUrls(media, `${EDGE}renditions/${renditionId}.m3u8`));
      expect(others).toEqual([]);
      const { url: internal } = await service.video.getMediaLocation({ playbackId, token, renditionId });
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

  it('returns PLAYBACK_NOT_FOUND for the token of another session', async () => {
    const viewer = newCaller();
    const [playback, other] = [await start(viewer), await start(viewer)];
    const renditionId = randomUUID();
    const credentials = { playbackId: playback.id, token: other.token };
    await expect(service.video.getMasterPlaylist(credentials)).rejects.toMatchObject(NOT_FOUND);
    await expect(service.video.getMediaPlaylist({ ...credentials, renditionId })).rejects.toMatchObject(NOT_FOUND);
    await expect(service.video.getMediaLocation({ ...credentials, renditionId })).rejects.toMatchObject(NOT_FOUND);
    await expect(
      service.video.getMediaPlaylist({ playbackId: playback.id, token: playback.token, renditionId }),
    ).rejects.toMatchObject({ code: 'RENDITION_NOT_FOUND' });
    const stored = await service.database.query<{ row: string }>(
      'SELECT playback_session::text AS row FROM playback_session',
    );
    expect(stored.some(({ row }) => row.includes(playback.token))).toBe(false);
  });

  it('limits the concurrent streams of an account, even if they start at the same time', async () => {
    const viewer = newCaller();
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => start(viewer)));
    const [first, second, ...others] = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value] : [],
    );
    expect(others).toHaveLength(2);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'STREAM_LIMIT_REACHED' });
    }
    await expect(start(newCaller())).resolves.toMatchObject({ titleId });

    await end(viewer, first?.id ?? '');
    await start(viewer);
    await expect(start(viewer)).rejects.toMatchObject({ code: 'STREAM_LIMIT_REACHED' });
    await expire(second?.id ?? '');
    await start(viewer);
  });

  it('extends the session and publishes the position at each heartbeat', async () => {
    const viewer = newCaller();
    const profileId = randomUUID();
    const { id, expiresAt, assetId } = await start(viewer, profileId);
    const extended = await heartbeat(viewer, id, 1_000);
    expect(Date.parse(extended.expiresAt ?? '')).toBeGreaterThanOrEqual(Date.parse(expiresAt ?? ''));
    await heartbeat(viewer, id, 2_000);
    await heartbeat(viewer, id, PROBE_RESULT.durationMs + 5_000);
    await end(viewer, id, 3_000);
    const events = await progress(id);
    expect(events.map(({ positionMs, isStart }) => [positionMs, isStart])).toEqual([
      [1_000, true],
      [2_000, false],
      [PROBE_RESULT.durationMs, false],
      [3_000, false],
    ]);
    const { accountId } = viewer;
    expect(events[0]).toMatchObject({ accountId, profileId, titleId, assetId, durationMs: PROBE_RESULT.durationMs });
  });

  it('publishes the time of the database when the clock of the replica is wrong', async () => {
    const viewer = newCaller();
    const { id } = await start(viewer);
    const readClock = async () =>
      (await service.database.query<{ now: Date }>('SELECT clock_timestamp() AS now'))[0]?.now;
    const before = await readClock();
    const RealDate = Date;
    globalThis.Date = new Proxy(RealDate, {
      construct: (target, args) => Reflect.construct(target, args.length > 0 ? args : [target.now() + HOUR_MS]),
    });
    try {
      await heartbeat(viewer, id, 1_000);
      await end(viewer, id, 2_000);
    } finally {
      globalThis.Date = RealDate;
    }
    const after = await readClock();
    const times = (await progress(id)).map(({ occurredAt }) => Date.parse(occurredAt ?? ''));
    expect(times).toHaveLength(2);
    for (const time of times) {
      expect(time).toBeGreaterThanOrEqual(Math.floor(Number(before)));
      expect(time).toBeLessThanOrEqual(Math.ceil(Number(after)));
    }
  });

  it('returns the location of media without reading the segments', async () => {
    const { id: playbackId, token } = await start(newCaller());
    const { playlist } = await service.video.getMasterPlaylist({ playbackId, token });
    const [renditionId = ''] = toRenditionIds(playlist);
    // A statement that reads the column fails while it has another name.
    await service.database.query('ALTER TABLE rendition RENAME COLUMN segments TO hidden_segments');
    try {
      const { url } = await service.video.getMediaLocation({ playbackId, token, renditionId });
      expect((await fetch(url, { headers: { range: 'bytes=0-9' } })).status).toBe(206);
    } finally {
      await service.database.query('ALTER TABLE rendition RENAME COLUMN hidden_segments TO segments');
    }
  });

  it('stores concurrent heartbeats of many sessions in one transaction', async () => {
    const viewers = Array.from({ length: 20 }, () => newCaller());
    const ids = await Promise.all(viewers.map(async (viewer) => (await start(viewer)).id));
    await Promise.all(viewers.map((viewer, index) => heartbeat(viewer, String(ids[index]), index)));
    const rows = await service.database.query<{ position: number; transaction: string }>(
      `SELECT position_ms::int AS position, xmin::text AS transaction FROM playback_session WHERE id = ANY ($1)
       ORDER BY position_ms`,
      [ids],
    );
    expect(rows.map(({ position }) => position)).toEqual([...ids.keys()]);
    expect(new Set(rows.map(({ transaction }) => transaction)).size).toBe(1);
  });

  it('stores and publishes only the last of several concurrent heartbeats of a session', async () => {
    const viewer = newCaller();
    const { id } = await start(viewer);
    await Promise.all([30, 10, 20].map((positionMs) => heartbeat(viewer, id, positionMs)));
    expect((await progress(id)).map(({ positionMs }) => positionMs)).toEqual([20]);
  });

  it('publishes one start of each session when two replicas receive its first heartbeats', async () => {
    const replica = await startReplica(service);
    try {
      const viewer = { ...newCaller(), profileId: randomUUID() };
      const ids = await Promise.all(Array.from({ length: 4 }, async () => (await start(viewer, viewer.profileId)).id));
      await service.as(viewer, () =>
        Promise.all([
          ...ids.map((playbackId) => service.video.heartbeatPlayback({ playbackId, positionMs: 10 })),
          ...ids.toReversed().map((playbackId) => replica.video.heartbeatPlayback({ playbackId, positionMs: 20 })),
        ]),
      );
      for (const id of ids) expect((await progress(id)).map(({ isStart }) => isStart)).toEqual([true, false]);
    } finally {
      await replica.stop();
    }
  });

  it('returns PLAYBACK_NOT_FOUND only for those of several concurrent heartbeats whose session is not live', async () => {
    const [viewer, other] = [newCaller(), newCaller()];
    const [live, ended] = [await start(viewer), await start(viewer)];
    await end(viewer, ended.id);
    const results = await Promise.allSettled([
      heartbeat(viewer, live.id, 10),
      heartbeat(other, live.id, 99),
      heartbeat(viewer, ended.id, 20),
    ]);
    const notFound = { status: 'rejected', reason: expect.objectContaining(NOT_FOUND) };
    expect(results).toEqual([expect.objectContaining({ status: 'fulfilled' }), notFound, notFound]);
    expect((await progress(live.id)).map(({ positionMs }) => positionMs)).toEqual([10]);
  });

  it('returns PLAYBACK_NOT_FOUND for an ended or expired session, which can be ended again', async () => {
    const viewer = newCaller();
    const ended = await start(viewer);
    await end(viewer, ended.id, 500);
    await end(viewer, ended.id, 700);
    expect((await progress(ended.id)).map(({ positionMs }) => positionMs)).toEqual([500]);
    const expired = await start(viewer);
    await expire(expired.id);
    await end(viewer, expired.id);
    for (const { id, token } of [ended, expired]) {
      await expect(heartbeat(viewer, id, 1)).rejects.toMatchObject(NOT_FOUND);
      await expect(service.video.getMasterPlaylist({ playbackId: id, token })).rejects.toMatchObject(NOT_FOUND);
    }
  });

  it('deletes a session 7 days after it has expired', async () => {
    const [stored, deleted] = [await start(newCaller()), await start(newCaller())];
    const setAge = (id: string, age: string) =>
      service.database.query('UPDATE playback_session SET expires_at = now() - $2::interval WHERE id = $1', [id, age]);
    await setAge(stored.id, '167 hours');
    await setAge(deleted.id, '169 hours');
    await service.get(RowCleanups).run();
    const ids = [stored.id, deleted.id];
    const rows = await service.database.query('SELECT id FROM playback_session WHERE id = ANY ($1)', [ids]);
    expect(rows).toEqual([{ id: stored.id }]);
  });

  it('starts no session for a title above the maximum age of the selected profile, or for a profile that is not selected', async () => {
    const profileId = randomUUID();
    const startAs = (caller: Partial<Caller>, minimumAge?: number) =>
      service.as({ ...newCaller(), ...caller }, () =>
        service.video.startPlayback({ titleId, profileId, ...(minimumAge !== undefined && { minimumAge }) }),
      );
    await expect(startAs({ profileId, maximumAge: 8 }, 8)).resolves.toBeDefined();
    await expect(startAs({ profileId, maximumAge: 8 }, 13)).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
    await expect(startAs({ profileId, maximumAge: 8 })).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
    await expect(startAs({}, 0)).rejects.toMatchObject({ code: 'PROFILE_NOT_SELECTED' });
  });

  it('returns PLAYBACK_NOT_FOUND to other accounts', async () => {
    const viewer = newCaller();
    const { id } = await start(viewer);
    await expect(heartbeat(newCaller(), id, 1)).rejects.toMatchObject(NOT_FOUND);
    await expect(end(newCaller(), id)).rejects.toMatchObject(NOT_FOUND);
    await expect(service.video.heartbeatPlayback({ playbackId: id, positionMs: 1 })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    await expect(heartbeat(viewer, id, 1)).resolves.toBeDefined();
  });

  it('starts with the lowest rung, adds rungs as they are encoded, and uses the newest asset of the title', async () => {
    const viewer = newCaller();
    const profileId = randomUUID();
    const startTitle = (newTitleId: string) =>
      service.as({ ...viewer, profileId }, () => service.video.startPlayback({ titleId: newTitleId, profileId }));
    const asset = await uploadAsset(service, editor);
    await expect(startTitle(asset.titleId)).rejects.toMatchObject({ code: 'TITLE_NOT_PLAYABLE' });
    for (const _job of ['probe', '240p', 'audio']) await completeJob(service, await leaseJob(service));

    const { playback } = await startTitle(asset.titleId);
    const credentials = { playbackId: playback?.id ?? '', token: playback?.token ?? '' };
    const count = async () => toRenditionIds((await service.video.getMasterPlaylist(credentials)).playlist).length;
    expect(await count()).toBe(2);
    await completeJob(service, await leaseJob(service));
    expect(await count()).toBe(3);
    await completeAllJobs(service);

    const newer = await uploadAsset(service, editor, { titleId: asset.titleId });
    expect((await startTitle(asset.titleId)).playback?.assetId).toBe(asset.id);
    await completeAllJobs(service);
    expect((await startTitle(asset.titleId)).playback?.assetId).toBe(newer.id);
  });
});
