import { text } from 'node:stream/consumers';
import { createEventStream } from './event-stream.js';

async function* secondEvent(): AsyncGenerator<number> {
  await new Promise((resolve) => setTimeout(resolve, 20));
  yield 2;
}

describe('createEventStream', () => {
  const optionsWith = (controller: AbortController) => ({
    name: 'n',
    events: secondEvent(),
    controller,
    heartbeatMs: 5,
    onError: () => undefined,
  });

  it('sends comments between events', async () => {
    const stream = createEventStream(1, optionsWith(new AbortController()));
    expect(await text(stream)).toMatch(/^retry: 2000\n\nevent: n\ndata: 1\n\n(:\n\n)+event: n\ndata: 2\n\n$/);
  });

  it('aborts the source of the events when the stream is closed', async () => {
    const controller = new AbortController();
    const stream = createEventStream(1, optionsWith(controller));
    stream.destroy();
    await new Promise((resolve) => stream.once('close', resolve));
    expect(controller.signal.aborted).toBe(true);
  });
});
