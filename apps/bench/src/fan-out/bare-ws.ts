import { once } from 'node:events';
import { WebSocket } from 'ws';
import { startChildServer, type ChildServer } from '../baseline/child-server.js';
import type { Source } from './subscribers.js';

export const PUBLISHER_PATH = '/publisher';

export interface BareWs extends Pick<ChildServer, 'pid' | 'stop'> {
  /** @param message that of the platform, so that both send the same number of bytes */
  readonly toSource: (message: () => string) => Source;
}

/** Starts a WebSocket server without any policy in a separate process. */
export async function startBareWs(): Promise<BareWs> {
  const { url, pid, stop } = await startChildServer('../fan-out/bare-ws-server.js', {});
  const origin = url.replace('http', 'ws');
  const publisher = new WebSocket(origin + PUBLISHER_PATH, { perMessageDeflate: false });
  await once(publisher, 'open');
  return {
    pid,
    toSource: (message) => ({
      url: origin,
      publish: (ids) => {
        for (const id of ids) publisher.send(message().replace(TITLE_ID, id));
        return Promise.resolve();
      },
    }),
    stop: async () => {
      publisher.terminate();
      await stop();
    },
  };
}

const TITLE_ID = /(?<="titleId":")[^"]*/;
