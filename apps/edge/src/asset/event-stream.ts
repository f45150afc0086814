import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';

export interface EventStreamOptions<Event> {
  readonly name: string;
  readonly events: AsyncIterator<Event>;
  /** Aborted by the stream once nobody reads it; ends the events. */
  readonly reader: AbortController;
  readonly heartbeatMs: number;
  /** Told when the events fail: the answer is under way and can only end. */
  readonly onError: (error: unknown) => void;
}

/**
 * Events as text/event-stream. Comments go out while there is none, so that proxies keep the connection and a reader that
 * is gone is noticed.
 *
 * @param first the event that is there already
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html section 9.2.5
 */
export function eventStream<Event>(first: Event, options: EventStreamOptions<Event>): Readable {
  const { name, events, reader, heartbeatMs, onError } = options;
  const stream = new PassThrough();
  const heartbeat = setInterval(() => stream.write(':\n\n'), heartbeatMs);
  stream.once('close', () => {
    clearInterval(heartbeat);
    reader.abort();
  });
  const send = async (event: Event): Promise<void> => {
    const text = `event: ${name}\ndata: ${JSON.stringify(event)}\n\n`;
    if (!stream.write(text)) await once(stream, 'drain', { signal: reader.signal });
  };
  const pump = async (): Promise<void> => {
    stream.write('retry: 2000\n\n');
    await send(first);
    for (let next = await events.next(); !next.done; next = await events.next()) await send(next.value);
  };
  void pump()
    .catch((error: unknown) => {
      if (!reader.signal.aborted) onError(error);
    })
    .finally(() => {
      clearInterval(heartbeat);
      stream.end();
    });
  return stream;
}
