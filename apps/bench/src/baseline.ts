import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BaselineResponse } from './baseline-server.js';

export interface BaselineServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts a plain Node.js server that returns the response of this URL from memory. */
export async function startBaselineServer(url: string): Promise<BaselineServer> {
  const original = await fetch(url);
  if (!original.ok) throw new Error(`${url} returned ${original.status}`);
  const contentType = original.headers.get('content-type') ?? '';
  const response: BaselineResponse = { contentType, body: await original.text() };

  const child = fork(fileURLToPath(new URL('./baseline-server.js', import.meta.url)));
  child.send(response);
  const [port] = (await once(child, 'message')) as [number];
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: async () => {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
