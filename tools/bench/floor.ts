import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FloorAnswer } from './floor-server.ts';

export interface Floor {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** A bare Node server that gives the same answer as this address, from memory. */
export async function startFloor(url: string): Promise<Floor> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const answer: FloorAnswer = { contentType: response.headers.get('content-type') ?? '', body: await response.text() };

  const child = fork(fileURLToPath(new URL('./floor-server.ts', import.meta.url)));
  child.send(answer);
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
