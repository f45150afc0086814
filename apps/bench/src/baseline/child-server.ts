import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ChildServer {
  readonly url: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a script of this app in a separate process, like the apps of the platform. The script receives `start` as its
 * first message, sends its port, and exits when the channel closes. Its output goes to a file, as the platform's does.
 */
export async function startChildServer(script: string, start: object): Promise<ChildServer> {
  const folder = await mkdtemp(join(tmpdir(), 'viernes-baseline-'));
  const log = openSync(join(folder, 'log'), 'a');
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    stdio: ['ignore', log, 'inherit', 'ipc'],
    serialization: 'advanced',
    execArgv: [],
    env: { NODE_ENV: 'production' },
  });
  closeSync(log);
  const exited = once(child, 'exit');
  child.send(start);
  const port = await Promise.race([
    once(child, 'message').then(([received]) => received as number),
    exited.then(() => Promise.reject(new Error(`${script} exited before it was ready`))),
  ]);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop: async () => {
      if (child.connected) child.disconnect();
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}
