import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { CodedError, videoV1 } from '@viernes/contracts';
import { eventually } from '@viernes/testing';
import { assetMessage } from '../testing/messages.js';
import { startEdge, type EdgeRequest, type TestEdge } from '../testing/start-edge.js';
import { asset } from './asset.operations.js';

const { AssetState } = videoV1;

describe('asset events', () => {
  let edge: TestEdge;
  const message = assetMessage();
  const path = `/v1/assets/${message.id}/events`;
  const inState = (state: videoV1.AssetState): videoV1.WatchAssetResponse => ({ asset: { ...message, state } });

  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());

  const statesOf = (text: string): string[] =>
    [...text.matchAll(/^event: asset\ndata: (.*)$/gm)].map(([, data]) => asset.parse(JSON.parse(data ?? '')).state);

  it('come at once, at each change, and end with ready', async () => {
    edge.video.handlers = {
      watchAsset: async function* () {
        yield inState(AssetState.ASSET_STATE_UPLOADED);
        yield inState(AssetState.ASSET_STATE_PLAYABLE);
        yield inState(AssetState.ASSET_STATE_READY);
        await new Promise(() => undefined);
      },
    };
    const answer = await edge.fetch(path);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(statesOf(await answer.text())).toEqual(['uploaded', 'playable', 'ready']);
  });

  it('go on when video is killed and comes back, without saying the same thing twice', async () => {
    let streams = 0;
    edge.video.handlers = {
      watchAsset: async function* () {
        streams += 1;
        yield inState(AssetState.ASSET_STATE_PROCESSING);
        if (streams === 1) await new Promise(() => undefined);
        yield inState(AssetState.ASSET_STATE_FAILED);
      },
    };
    const answer = await edge.fetch(path);
    edge.video.stop();
    await edge.video.start();
    expect(statesOf(await answer.text())).toEqual(['processing', 'failed']);
    expect(streams).toBe(2);
  });

  it('are a problem where there is no such asset, or no token', async () => {
    edge.video.handlers = {
      watchAsset: async function* () {
        throw new CodedError('ASSET_NOT_FOUND');
      },
    };
    const answer = await edge.fetch(`/v1/assets/${randomUUID()}/events`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'ASSET_NOT_FOUND' });
    expect((await edge.fetch(path, { token: null })).status).toBe(401);
  });

  it('are given up upstream when the reader goes, and end when the edge drains', async () => {
    const fresh = await startEdge();
    try {
      const ended: AbortSignal[] = [];
      fresh.video.handlers = {
        watchAsset: async function* (_request, { signal }) {
          ended.push(signal);
          yield inState(AssetState.ASSET_STATE_PROCESSING);
          if (!signal.aborted) await once(signal, 'abort');
        },
      };
      const reader = new AbortController();
      await fresh.fetch(path, { signal: reader.signal });
      reader.abort();
      await eventually(() => ended[0]?.aborted === true);

      const answer = await fresh.fetch(path);
      const text = answer.text();
      await fresh.drain();
      expect(statesOf(await text)).toEqual(['processing']);
      await eventually(() => ended[1]?.aborted === true);
    } finally {
      await fresh.stop();
    }
  });

  it('are bounded for one account, and a place that is free again can be taken', async () => {
    const endings: (() => void)[] = [];
    edge.video.handlers = {
      watchAsset: async function* () {
        yield inState(AssetState.ASSET_STATE_PROCESSING);
        await new Promise<void>((resolve) => endings.push(resolve));
        yield inState(AssetState.ASSET_STATE_READY);
      },
    };
    const token = await edge.issuer.sign({ accountId: randomUUID() });
    const statusOf = async (init: EdgeRequest): Promise<number> => (await edge.fetch(path, init)).status;

    const open = await Promise.all(Array.from({ length: 20 }, () => statusOf({ token })));
    expect(new Set(open)).toEqual(new Set([200]));
    expect(await statusOf({ token })).toBe(429);
    expect(await statusOf({})).toBe(200);

    await eventually(() => endings.length === 21);
    endings[0]?.();
    await eventually(async () => (await statusOf({ token })) === 200);
    await eventually(() => endings.length === 22);
    for (const end of endings) end();
  });
});
