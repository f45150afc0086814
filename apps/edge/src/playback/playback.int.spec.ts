import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CodedError, type userV1 } from '@viernes/contracts';
import { S3ObjectStore } from '@viernes/storage';
import { backing, eventually, uniqueName } from '@viernes/testing';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const MEDIA = randomBytes(300_000);

describe('/v1/playback', () => {
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
    await fetch(await store.presignPut('film.mp4', 60), { method: 'PUT', body: MEDIA });
    url = await store.presignGet('film.mp4', 600, { audience: 'internal' });
    edge = await startEdge();
  });
  beforeEach(() => {
    edge.catalog.handlers = { checkVisibility: () => ({}) };
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

  it('starts playback at the resume position, with a playlist URL that requires no header', async () => {
    const response = await start();
    expect(response.status).toBe(201);
    const body = (await response.json()) as { playlistUrl: string };
    expect(body).toMatchObject({ id, titleId, resumePositionMs: 61_000, heartbeatSeconds: 10, expiresAt });
    expect(body).not.toHaveProperty('token');
    const playlist = await edge.fetch(body.playlistUrl, { token: null });
    expect(playlist.headers.get('content-type')).toContain('application/vnd.apple.mpegurl');
    expect(playlist.headers.get('cache-control')).toBe('no-store');
    expect(await playlist.text()).toBe('#EXTM3U\n#token a+b/c=\n');
    const media = await edge.fetch(`/v1/playback/${id}/renditions/${renditionId}.m3u8?token=t`, { token: null });
    expect(await media.text()).toBe(`#EXTM3U\n#rendition ${renditionId}\n`);
  });

  it('starts no playback session for a profile of another account', async () => {
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

  it('starts no playback session for a title that the profile cannot see', async () => {
    let isStarted = false;
    edge.video.handlers.startPlayback = () => {
      isStarted = true;
      return { playback: undefined };
    };
    edge.catalog.handlers.checkVisibility = ({ id: checked }) => {
      throw new CodedError(checked === titleId ? 'TITLE_NOT_FOUND' : 'INTERNAL');
    };
    const response = await start();
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'TITLE_NOT_FOUND' }]);
    expect(isStarted).toBe(false);
  });

  it('sends the minimum age of the title to the video service', async () => {
    const requests: (number | undefined)[] = [];
    edge.video.handlers.startPlayback = ({ minimumAge }) => {
      requests.push(minimumAge);
      throw new CodedError('TITLE_NOT_FOUND');
    };
    for (const minimumAge of [7, undefined]) {
      edge.catalog.handlers.checkVisibility = () => ({ ...(minimumAge !== undefined && { minimumAge }) });
      expect((await start()).status).toBe(404);
    }
    expect(requests).toEqual([7, undefined]);
  });

  describe('of a series', () => {
    const episodes = [0, 1, 1, 1, 2].map((seasonNumber, number) => ({
      id: randomUUID(),
      titleId,
      seasonNumber,
      number,
      name: `Part ${number}`,
      synopsis: '',
      isPlayable: number !== 2,
    }));
    const [special, first, unpublished, second, third] = episodes.map((episode) => episode.id);
    let latest: userV1.GetLatestProgressResponse;
    beforeEach(() => {
      const { startPlayback } = edge.video.handlers;
      edge.video.handlers.startPlayback = async (request, call) => {
        if (request.titleId === titleId) throw new CodedError('TITLE_NOT_PLAYABLE');
        const response = await startPlayback?.(request, call);
        return { playback: response?.playback && { ...response.playback, titleId: request.titleId } };
      };
      edge.user.handlers.getLatestProgress = () => latest;
      edge.catalog.handlers.listSeasons = () => ({
        seasons: [0, 1, 2].map((number) => ({
          number,
          name: '',
          synopsis: '',
          revision: 1,
          episodes: episodes.filter(({ seasonNumber }) => seasonNumber === number),
        })),
      });
    });

    it.each([
      ['the first episode for a new viewer', '', false, first],
      ['the episode that was watched last', second, false, second],
      ['the episode after a finished one, also in the next season', second, true, third],
      ['a special after the last season', third, true, special],
      ['the first episode again after the last one', special, true, first],
      ['the first episode if the last one no longer has a video', unpublished, false, first],
    ])('plays %s', async (_, lastId = '', isFinished, expected) => {
      latest = { titleId: lastId, isFinished };
      expect(await (await start()).json()).toMatchObject({ titleId: expected });
    });

    it('returns TITLE_NOT_PLAYABLE for a series without a playable episode', async () => {
      edge.catalog.handlers.listSeasons = () => ({ seasons: [] });
      expect(await (await start()).json()).toMatchObject({ code: 'TITLE_NOT_PLAYABLE' });
    });
  });

  it('extends and ends a playback session', async () => {
    const requests: unknown[] = [];
    edge.video.handlers.endPlayback = (request) => {
      requests.push(request);
      return {};
    };
    const heartbeat = await edge.fetch(`/v1/playback/${id}/heartbeats`, { method: 'POST', json: { positionMs: 5 } });
    expect([heartbeat.status, await heartbeat.json()]).toEqual([200, { expiresAt }]);
    expect((await edge.fetch(`/v1/playback/${id}?positionMs=7`, { method: 'DELETE' })).status).toBe(204);
    expect(requests).toMatchObject([{ playbackId: id, positionMs: 7 }]);
  });

  it('forwards complete files, ranges and conditions, and nothing of the presigned URL', async () => {
    const complete = await edge.fetch(mediaPath, { token: null });
    expect(complete.status).toBe(200);
    expect(Buffer.from(await complete.arrayBuffer()).equals(MEDIA)).toBe(true);
    const etag = complete.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    expect([...complete.headers].join()).not.toMatch(/amz|minio|signature/i);

    const partial = await edge.fetch(mediaPath, { token: null, headers: { range: 'bytes=100-199' } });
    expect(partial.status).toBe(206);
    expect(partial.headers.get('content-range')).toBe(`bytes 100-199/${MEDIA.length}`);
    expect(partial.headers.get('content-length')).toBe('100');
    expect(Buffer.from(await partial.arrayBuffer()).equals(MEDIA.subarray(100, 200))).toBe(true);

    const same = await edge.fetch(mediaPath, { token: null, headers: { 'if-none-match': etag } });
    expect(same.status).toBe(304);
    const outside = await edge.fetch(mediaPath, { token: null, headers: { range: 'bytes=900000-' } });
    expect([outside.status, await outside.text()]).toEqual([416, '']);
    const head = await edge.fetch(mediaPath, { method: 'HEAD', token: null });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(MEDIA.length)]);
  });

  it('returns 503 without details if object storage rejects the request or is unavailable', async () => {
    edge.video.handlers.getMediaLocation = () => ({ url: `${url}0` });
    const response = await edge.fetch(mediaPath, { token: null });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    edge.video.handlers.getMediaLocation = () => ({ url: 'http://127.0.0.1:1/film.mp4' });
    expect((await edge.fetch(mediaPath, { token: null })).status).toBe(503);
  });

  it('limits the concurrent media responses of one playback session, not those of other sessions', async () => {
    const responses: ServerResponse[] = [];
    const slow = createServer((_request, response) => {
      responses.push(response.writeHead(200));
      response.write('film');
    });
    await once(slow.listen(0, '127.0.0.1'), 'listening');
    const { port } = slow.address() as AddressInfo;
    edge.video.handlers.getMediaLocation = () => ({ url: `http://127.0.0.1:${port}/film.mp4` });
    const getStatus = async (path: string): Promise<number> => (await edge.fetch(path, { token: null })).status;

    const open = await Promise.all(Array.from({ length: 12 }, () => getStatus(mediaPath)));
    expect(new Set(open)).toEqual(new Set([200]));
    expect(await getStatus(mediaPath)).toBe(429);
    expect(await getStatus(mediaPath.replace(id, randomUUID()))).toBe(200);

    responses[0]?.end();
    await eventually(async () => (await getStatus(mediaPath)) === 200);
    for (const response of responses) response.end();
    slow.close();
  });
});
