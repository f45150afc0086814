import type { Schema } from '@viernes/api-client';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import pRetry from 'p-retry';
import { Problem, readData } from '../api/problem.js';
import { edge } from '../session/edge-client.js';

/**
 * Reports the state of an asset now and after each change, until it is final. Reopens an interrupted stream: each one
 * starts with the complete state. Uses fetch, because EventSource neither renews an expired access token nor reports why
 * a request was rejected.
 *
 * @throws Problem if the edge rejects the request, or the reason of the signal
 */
export async function watchAsset(
  id: string,
  onAsset: (asset: Schema<'Asset'>) => void,
  signal: AbortSignal,
): Promise<void> {
  const follow = async (): Promise<void> => {
    const events = await readData(
      edge.GET('/v1/assets/{id}/events', {
        params: { path: { id } },
        headers: { accept: 'text/event-stream' },
        parseAs: 'stream',
        signal,
      }),
    );
    const reader = events?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      if (next.value.event !== 'asset') continue;
      const asset = JSON.parse(next.value.data) as Schema<'Asset'>;
      onAsset(asset);
      if (asset.isFinal) return reader?.cancel();
    }
    throw new Problem({ title: 'The event stream was interrupted', status: 0, code: 'NETWORK' });
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
