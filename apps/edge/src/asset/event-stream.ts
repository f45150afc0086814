import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';

export interface EventStreamOptions<Event> {
  readonly name: string;
  readonly events: AsyncIterator<Event>;
  /** Aborted when the stream closes, to stop the source of the events. */
  readonly controller: AbortController;
  readonly heartbeatMs: number;
  /** Called if the events fail. The status is already sent, so the stream can only end. */
  readonly onError: (error: unknown) => void;
}

/**
 * Serializes events as text/event-stream. Sends comments as heartbeats, so that proxies keep the connection open and a
 * closed connection is detected.
 *
 * @param first the first event, which the caller has already received
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html section 9.2.5
 */
export function createEventStream<Event>(first: Event, options: EventStreamOptions<Event>): Readable {
  const { name, events, controller, heartbeatMs, onError } = options;
  const stream = new PassThrough();
  const heartbeat = setInterval(() => stream.write(':\n\n'), heartbeatMs);
  stream.once('close', () => {
    clearInterval(heartbeat);
    controller.abort();
  });
  const send = async (event: Event): Promise<void> => {
    const text = `event: ${name}\ndata: ${JSON.stringify(event)}\n\n`;
    if (!stream.write(text)) await once(stream, 'drain', { signal: controller.signal });
  };
  const sendAll = async (): Promise<void> => {
    stream.write('retry: 2000\n\n');
    await send(first);
    for (let next = await events.next(); !next.done; next = await events.next()) await send(next.value);
  };
  void sendAll()
    .catch((error: unknown) => {
      if (!controller.signal.aborted) onError(error);
    })
    .finally(() => {
      clearInterval(heartbeat);
      stream.end();
    });
  return stream;
}
