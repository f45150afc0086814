import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 20_000;
const POLL_MS = 50;

export interface ApiProxy extends AsyncDisposable {
  readonly socket: string;
}

/**
 * The API server on a unix socket that only this user can open, signed in as kubectl is: tests ask it many times a
 * second, and a program for each question would take the CPU that they measure.
 */
export async function startApiProxy(kubeconfig: string, socket: string): Promise<ApiProxy> {
  const proxy = execa('kubectl', ['--kubeconfig', kubeconfig, 'proxy', `--unix-socket=${socket}`], {
    stdin: 'ignore',
    reject: false,
  });
  let end: string | undefined;
  void proxy.then(({ stderr }) => (end = stderr));
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (!existsSync(socket)) {
    if (end !== undefined) throw new Error(`kubectl proxy: ${end}`);
    if (Date.now() > giveUpAt) throw new Error('kubectl proxy does not open its socket.');
    await sleep(POLL_MS);
  }
  return {
    socket,
    async [Symbol.asyncDispose]() {
      proxy.kill();
      await proxy;
    },
  };
}
