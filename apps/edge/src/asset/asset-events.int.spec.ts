import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { CodedError, videoV1 } from '@viernes/contracts';
import { eventually } from '@viernes/testing';
import { assetMessage } from '../testing/messages.js';
import { startEdge, type EdgeRequest, type TestEdge } from '../testing/start-edge.js';
import { asset, type AssetResponse } from './asset.operations.js';

const { AssetState } = videoV1;

describe('GET /v1/assets/:id/events', () => {
  let edge: TestEdge;
  const message = assetMessage();
  const path = `/v1/assets/${message.id}/events`;
  const inState = (state: videoV1.AssetState, isFinal = false): videoV1.WatchAssetResponse => ({
    asset: { ...message, state, isFinal },
  });

  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());

  const toAssets = (text: string): AssetResponse[] =>
    [...text.matchAll(/^event: asset\ndata: (.*)$/gm)].map(([, data]) => asset.parse(JSON.parse(data ?? '')));
  const toStates = (text: string): string[] => toAssets(text).map(({ state }) => state);

  it('sends the asset immediately and after each change, and ends after the final state', async () => {
    edge.video.handlers = {
      watchAsset: async function* () {
        yield inState(AssetState.ASSET_STATE_UPLOADED);
        yield inState(AssetState.ASSET_STATE_PLAYABLE);
        yield inState(AssetState.ASSET_STATE_READY, true);
        await new Promise(() => undefined);
      },
    };
    const response = await edge.fetch(path);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(toStates(await response.text())).toEqual(['uploaded', 'playable', 'ready']);
  });

  it('continues after a restart of the video service, without repeating a state', async () => {
    let subscriptions = 0;
    edge.video.handlers = {
      watchAsset: async function* () {
        subscriptions += 1;
        yield inState(AssetState.ASSET_STATE_PROCESSING);
        if (subscriptions === 1) await new Promise(() => undefined);
        yield inState(AssetState.ASSET_STATE_FAILED, true);
      },
    };
    const response = await edge.fetch(path);
    edge.video.stop();
    await edge.video.start();
    expect(toStates(await response.text())).toEqual(['processing', 'failed']);
    expect(subscriptions).toBe(2);
  });

  it('ends after the final state of an asset that stays playable, without another upstream stream', async () => {
    let subscriptions = 0;
    edge.video.handlers = {
      watchAsset: async function* () {
        subscriptions += 1;
        yield inState(AssetState.ASSET_STATE_PLAYABLE);
        yield inState(AssetState.ASSET_STATE_PLAYABLE, true);
      },
    };
    const response = await edge.fetch(path);
    const events = toAssets(await response.text());
    expect(events.map(({ state, isFinal }) => [state, isFinal])).toEqual([
      ['playable', false],
      ['playable', true],
    ]);
    expect(subscriptions).toBe(1);
  });

  it('reopens an upstream stream that ends without a change, with a growing delay', async () => {
    const subscribedAt: number[] = [];
    edge.video.handlers = {
      watchAsset: async function* () {
        subscribedAt.push(performance.now());
        yield inState(AssetState.ASSET_STATE_PLAYABLE);
      },
    };
    const { random } = Math;
    // The longest delays that the jitter allows.
    Math.random = () => 0.999;
    const leaving = new AbortController();
    try {
      const reading = edge.fetch(path, { signal: leaving.signal }).then((response) => response.text());
      await eventually(() => subscribedAt.length >= 4);
      leaving.abort();
      await expect(reading).rejects.toThrow('aborted');
    } finally {
      Math.random = random;
    }
    for (const [index, delayMs] of [190, 390, 790].entries()) {
      expect((subscribedAt[index + 1] ?? 0) - (subscribedAt[index] ?? 0)).toBeGreaterThan(delayMs);
    }
  });

  it('returns 404 for an unknown asset and 401 without a token', async () => {
    edge.video.handlers = {
      watchAsset: async function* () {
        throw new CodedError('ASSET_NOT_FOUND');
      },
    };
    const response = await edge.fetch(`/v1/assets/${randomUUID()}/events`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'ASSET_NOT_FOUND' });
    expect((await edge.fetch(path, { token: null })).status).toBe(401);
  });

  it('cancels the upstream stream when the client disconnects and when the edge drains', async () => {
    const drainable = await startEdge();
    try {
      const signals: AbortSignal[] = [];
      drainable.video.handlers = {
        watchAsset: async function* (_request, { signal }) {
          signals.push(signal);
          yield inState(AssetState.ASSET_STATE_PROCESSING);
          if (!signal.aborted) await once(signal, 'abort');
        },
      };
      const client = new AbortController();
      await drainable.fetch(path, { signal: client.signal });
      client.abort();
      await eventually(() => signals[0]?.aborted === true);

      const response = await drainable.fetch(path);
      const text = response.text();
      await drainable.drain();
      expect(toStates(await text)).toEqual(['processing']);
      await eventually(() => signals[1]?.aborted === true);
    } finally {
      await drainable.stop();
    }
  });

  it('limits the concurrent streams per account and accepts a new one after another has ended', async () => {
    const finishers: (() => void)[] = [];
    edge.video.handlers = {
      watchAsset: async function* () {
        yield inState(AssetState.ASSET_STATE_PROCESSING);
        await new Promise<void>((resolve) => finishers.push(resolve));
        yield inState(AssetState.ASSET_STATE_READY, true);
      },
    };
    const token = await edge.issuer.sign({ accountId: randomUUID(), role: 'editor' });
    const getStatus = async (init: EdgeRequest): Promise<number> => (await edge.fetch(path, init)).status;

    const open = await Promise.all(Array.from({ length: 20 }, () => getStatus({ token })));
    expect(new Set(open)).toEqual(new Set([200]));
    expect(await getStatus({ token })).toBe(429);
    expect(await getStatus({})).toBe(200);

    await eventually(() => finishers.length === 21);
    finishers[0]?.();
    await eventually(async () => (await getStatus({ token })) === 200);
    await eventually(() => finishers.length === 22);
    for (const finish of finishers) finish();
  });
});
