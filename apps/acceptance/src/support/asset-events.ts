import type { Schema } from '@viernes/api-client';
import { createParser } from 'eventsource-parser';
import { config } from '../config.js';

/**
 * Yields each state of an asset from its event stream until the server closes the stream.
 * @throws Error if the response is not an event stream
 */
export async function* assetEvents(assetId: string, token: string): AsyncGenerator<Schema<'Asset'>> {
  const response = await fetch(new URL(`/v1/assets/${assetId}/events`, config.edgeUrl), {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
  });
  const type = response.headers.get('content-type') ?? '';
  if (response.status !== 200 || !type.startsWith('text/event-stream') || response.body === null) {
    throw new Error(`not an event stream: ${response.status} ${type} ${await response.text()}`);
  }
  const received: Schema<'Asset'>[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'asset') received.push(JSON.parse(data) as Schema<'Asset'>);
    },
  });
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    parser.feed(text);
    yield* received.splice(0);
  }
}
