import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const TIMEOUT_MS = 20_000;
const POLL_INTERVAL_MS = 50;

/**
 * Forwards a Unix socket to the API server with the credentials of kubectl. The tests poll the API server several times per
 * second, and a kubectl process per request would use the CPU that they measure.
 */
export async function startApiProxy(kubeconfig: string, socket: string): Promise<AsyncDisposable> {
  const args = ['--kubeconfig', kubeconfig, 'proxy', `--unix-socket=${socket}`];
  const proxy = execa('kubectl', args, { stdin: 'ignore', reject: false });
  let exitMessage: string | undefined;
  void proxy.then(({ stderr }) => (exitMessage = stderr));
  const deadlineAt = Date.now() + TIMEOUT_MS;
  while (!existsSync(socket)) {
    if (exitMessage !== undefined) throw new Error(`kubectl proxy: ${exitMessage}`);
    if (Date.now() > deadlineAt) throw new Error('kubectl proxy has not created its socket.');
    await sleep(POLL_INTERVAL_MS);
  }
  return {
    async [Symbol.asyncDispose]() {
      proxy.kill();
      await proxy;
    },
  };
}
