import { text } from 'node:stream/consumers';
import { eventStream } from './event-stream.js';

async function* afterwards(): AsyncGenerator<number> {
  await new Promise((resolve) => setTimeout(resolve, 20));
  yield 2;
}

describe('an event stream', () => {
  it('sends comments while there is nothing to say', async () => {
    const reader = new AbortController();
    const stream = eventStream(1, {
      name: 'n',
      events: afterwards(),
      reader,
      heartbeatMs: 5,
      onError: () => undefined,
    });
    const lines = await text(stream);
    expect(lines).toMatch(/^retry: 2000\n\nevent: n\ndata: 1\n\n(:\n\n)+event: n\ndata: 2\n\n$/);
  });

  it('ends its events when it is closed', async () => {
    const reader = new AbortController();
    const stream = eventStream(1, {
      name: 'n',
      events: afterwards(),
      reader,
      heartbeatMs: 5,
      onError: () => undefined,
    });
    stream.destroy();
    await new Promise((resolve) => stream.once('close', resolve));
    expect(reader.signal.aborted).toBe(true);
  });
});
