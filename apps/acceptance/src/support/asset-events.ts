import { createParser } from 'eventsource-parser';
import { config } from '../config.js';
import type { Asset } from './api-types.js';

/**
 * Every state of an asset as the event stream tells it, until the server ends the stream.
 *
 * @throws Error when the answer is not an event stream
 */
export async function* assetEvents(assetId: string, token: string): AsyncGenerator<Asset> {
  const response = await fetch(new URL(`/v1/assets/${assetId}/events`, config.edgeUrl), {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
  });
  const type = response.headers.get('content-type') ?? '';
  if (response.status !== 200 || !type.startsWith('text/event-stream') || response.body === null) {
    throw new Error(`not an event stream: ${response.status} ${type} ${await response.text()}`);
  }
  const arrived: Asset[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'asset') arrived.push(JSON.parse(data) as Asset);
    },
  });
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    parser.feed(text);
    yield* arrived.splice(0);
  }
}
