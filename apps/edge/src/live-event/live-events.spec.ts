import { randomUUID } from 'node:crypto';
import type { WebSocketConnection } from '@viernes/gateway';
import type { watchEvents } from './live-event.operations.js';
import { LiveEvents } from './live-events.js';

describe('LiveEvents', () => {
  it('discards the subscription of a connection that closes while the log is read', async () => {
    const closing = new AbortController();
    const sendText = vi.fn();
    const connection = { closed: closing.signal, send: vi.fn(), sendText } as unknown as WebSocketConnection<
      typeof watchEvents
    >;
    const covers = (): Promise<boolean> => {
      closing.abort();
      return Promise.resolve(true);
    };
    const events = new LiveEvents({ covers, read: () => Promise.resolve([]) }, () => '1-0');
    await events.subscribe(connection, randomUUID(), { topics: ['titles'], after: '1-0' });
    events.deliver({ id: '2-0', text: JSON.stringify({ topic: 'titles', name: 'homeChanged', time: '', data: {} }) });
    expect(sendText).not.toHaveBeenCalled();
  });
});
