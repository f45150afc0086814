import { EventSourceParserStream } from 'eventsource-parser/stream';
import pRetry from 'p-retry';
import { Problem } from '../api/problem.js';
import type { Asset } from '../api/types.js';
import { sendAuthorised } from '../session/authorised.js';

const isOver = (asset: Asset | undefined): boolean => asset?.state === 'ready' || asset?.state === 'failed';

/**
 * Tells the state of an asset now and at each change, until it is ready or failed. A stream that breaks is opened again:
 * each one begins with the whole state, so nothing is missed. fetch and not EventSource, which can send no token.
 * @throws Problem when the edge refuses, DOMException AbortError when the signal says so
 */
export async function watchAsset(assetId: string, onAsset: (asset: Asset) => void, signal: AbortSignal): Promise<void> {
  let latest: Asset | undefined;
  const follow = async (): Promise<void> => {
    const response = await sendAuthorised(`/v1/assets/${encodeURIComponent(assetId)}/events`, {
      accept: 'text/event-stream',
      signal,
    });
    const reader = response.body
      ?.pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream())
      .getReader();
    if (!reader) return;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (next.value.event !== 'asset') continue;
      latest = JSON.parse(next.value.data) as Asset;
      onAsset(latest);
    }
    if (!isOver(latest)) throw new Problem({ title: 'The progress broke off', status: 0, code: 'NETWORK' });
  };
  await pRetry(follow, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 500,
    maxTimeout: 10_000,
    randomize: true,
    signal,
    shouldRetry: ({ error }) => !(error instanceof Problem) || error.status === 0 || error.status >= 500,
  });
}
