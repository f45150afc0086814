import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { Subscribers } from './subscribers.js';

describe('the subscribers of the bench of live events', () => {
  let server: WebSocketServer;
  let subscribers: Subscribers;
  /** The order in which the server sends what is published. */
  let reorder: (ids: readonly string[]) => readonly string[];

  beforeEach(async () => {
    reorder = (ids) => ids;
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const publish = (ids: readonly string[]): Promise<void> => {
      for (const titleId of reorder(ids)) {
        for (const client of server.clients) client.send(JSON.stringify({ type: 'event', data: { titleId } }));
      }
      return Promise.resolve();
    };
    subscribers = await Subscribers.open(3, { url, publish });
  });
  afterEach(async () => {
    await subscribers.close();
    server.close();
  });

  const newIds = () => [randomUUID(), randomUUID()];

  it('receives every event of the bench, and ignores events of other publishers', async () => {
    reorder = (ids) => [randomUUID(), ...ids];
    const { latenciesMs } = await subscribers.receive(newIds());
    expect(latenciesMs).toHaveLength(6);
  });

  it.each([
    ['in another order', (ids: readonly string[]) => ids.toReversed()],
    ['twice', ([first = '', ...others]: readonly string[]) => [first, first, ...others]],
  ])('rejects if an event arrives %s', async (_name, order) => {
    reorder = order;
    await expect(subscribers.receive(newIds())).rejects.toThrow('out of order');
  });
});
