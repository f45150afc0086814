import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CodedError } from '@viernes/contracts';
import { S3ObjectStore } from '@viernes/storage';
import { backing, eventually, uniqueName } from '@viernes/testing';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const FILM = randomBytes(300_000);

describe('playback', () => {
  const id = randomUUID();
  const titleId = randomUUID();
  const profileId = randomUUID();
  const expiresAt = new Date().toISOString();
  const renditionId = randomUUID();
  const mediaPath = `/v1/playback/${id}/media/${renditionId}.mp4?token=t`;
  let edge: TestEdge;
  let url: string;

  beforeAll(async () => {
    const store = new S3ObjectStore({ ...backing().s3, bucket: uniqueName('edge').replaceAll('_', '-') });
    await store.ensureBucket();
    await fetch(await store.presignPut('film.mp4', 60), { method: 'PUT', body: FILM });
    url = await store.presignGet('film.mp4', 600, { audience: 'internal' });
    edge = await startEdge();
  });
  beforeEach(() => {
    edge.user.handlers.getResumePosition = () => ({ positionMs: 61_000 });
    edge.video.handlers = {
      startPlayback: () => ({
        playback: {
          id,
          titleId,
          assetId: randomUUID(),
          durationMs: 90_000,
          token: 'a+b/c=',
          expiresAt,
          heartbeatSeconds: 10,
        },
      }),
      getMasterPlaylist: ({ token }) => ({ playlist: `#EXTM3U\n#token ${token}\n` }),
      getMediaPlaylist: ({ renditionId: rendition }) => ({ playlist: `#EXTM3U\n#rendition ${rendition}\n` }),
      getMediaLocation: () => ({ url }),
      heartbeatPlayback: () => ({ expiresAt }),
      endPlayback: () => ({}),
    };
  });
  afterAll(() => edge.stop());

  const start = () => edge.fetch('/v1/playback', { method: 'POST', json: { titleId, profileId } });

  it('starts where the profile stopped, with an address that needs no token in a header', async () => {
    const answer = await start();
    expect(answer.status).toBe(201);
    const body = (await answer.json()) as { playlistUrl: string };
    expect(body).toMatchObject({ id, titleId, resumePositionMs: 61_000, heartbeatSeconds: 10, expiresAt });
    expect(body).not.toHaveProperty('token');
    const playlist = await edge.fetch(body.playlistUrl, { token: null });
    expect(playlist.headers.get('content-type')).toContain('application/vnd.apple.mpegurl');
    expect(playlist.headers.get('cache-control')).toBe('no-store');
    expect(await playlist.text()).toBe('#EXTM3U\n#token a+b/c=\n');
    const media = await edge.fetch(`/v1/playback/${id}/renditions/${renditionId}.m3u8?token=t`, { token: null });
    expect(await media.text()).toBe(`#EXTM3U\n#rendition ${renditionId}\n`);
  });

  it("takes no stream for somebody else's profile", async () => {
    let isStarted = false;
    edge.video.handlers.startPlayback = () => {
      isStarted = true;
      return { playback: undefined };
    };
    edge.user.handlers.getResumePosition = () => {
      throw new CodedError('PROFILE_NOT_FOUND');
    };
    expect((await start()).status).toBe(404);
    expect(isStarted).toBe(false);
  });

  it('keeps and ends a stream', async () => {
    const seen: unknown[] = [];
    edge.video.handlers.endPlayback = (request) => {
      seen.push(request);
      return {};
    };
    const heartbeat = await edge.fetch(`/v1/playback/${id}/heartbeats`, { method: 'POST', json: { positionMs: 5 } });
    expect([heartbeat.status, await heartbeat.json()]).toEqual([200, { expiresAt }]);
    expect((await edge.fetch(`/v1/playback/${id}?positionMs=7`, { method: 'DELETE' })).status).toBe(204);
    expect(seen).toMatchObject([{ playbackId: id, positionMs: 7 }]);
  });

  it('streams the store through: whole, ranges, conditions, and nothing of the signed address', async () => {
    const whole = await edge.fetch(mediaPath, { token: null });
    expect(whole.status).toBe(200);
    expect(Buffer.from(await whole.arrayBuffer()).equals(FILM)).toBe(true);
    const etag = whole.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    expect([...whole.headers].join()).not.toMatch(/amz|minio|signature/i);

    const part = await edge.fetch(mediaPath, { token: null, headers: { range: 'bytes=100-199' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${FILM.length}`);
    expect(part.headers.get('content-length')).toBe('100');
    expect(Buffer.from(await part.arrayBuffer()).equals(FILM.subarray(100, 200))).toBe(true);

    const same = await edge.fetch(mediaPath, { token: null, headers: { 'if-none-match': etag } });
    expect(same.status).toBe(304);
    const outside = await edge.fetch(mediaPath, { token: null, headers: { range: 'bytes=900000-' } });
    expect([outside.status, await outside.text()]).toEqual([416, '']);
    const head = await edge.fetch(mediaPath, { method: 'HEAD', token: null });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(FILM.length)]);
  });

  it('hides what the store says when it refuses', async () => {
    edge.video.handlers.getMediaLocation = () => ({ url: `${url}0` });
    const answer = await edge.fetch(mediaPath, { token: null });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    edge.video.handlers.getMediaLocation = () => ({ url: 'http://127.0.0.1:1/film.mp4' });
    expect((await edge.fetch(mediaPath, { token: null })).status).toBe(503);
  });

  it('lets one player keep a few answers open, and not the connections of all others', async () => {
    const answers: ServerResponse[] = [];
    const slow = createServer((_request, response) => {
      answers.push(response.writeHead(200));
      response.write('film');
    });
    await once(slow.listen(0, '127.0.0.1'), 'listening');
    const { port } = slow.address() as AddressInfo;
    edge.video.handlers.getMediaLocation = () => ({ url: `http://127.0.0.1:${port}/film.mp4` });
    const statusOf = async (path: string): Promise<number> => (await edge.fetch(path, { token: null })).status;

    const open = await Promise.all(Array.from({ length: 12 }, () => statusOf(mediaPath)));
    expect(new Set(open)).toEqual(new Set([200]));
    expect(await statusOf(mediaPath)).toBe(429);
    expect(await statusOf(mediaPath.replace(id, randomUUID()))).toBe(200);

    answers[0]?.end();
    await eventually(async () => (await statusOf(mediaPath)) === 200);
    for (const answer of answers) answer.end();
    slow.close();
  });
});
