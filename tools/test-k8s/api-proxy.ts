import { execa } from 'execa';
import { access } from 'node:fs/promises';
import pRetry from 'p-retry';

/**
 * Forwards a Unix socket to the API server with the credentials of kubectl. The tests poll the API server several times per
 * second, and a kubectl process per request would use the CPU that they measure.
 */
export async function startApiProxy(kubeconfig: string, socket: string): Promise<AsyncDisposable> {
  const args = ['--kubeconfig', kubeconfig, 'proxy', `--unix-socket=${socket}`];
  const proxy = execa('kubectl', args, { stdin: 'ignore' });
  await Promise.race([proxy, pRetry(() => access(socket), { retries: 200, minTimeout: 100, factor: 1 })]);
  return {
    async [Symbol.asyncDispose]() {
      proxy.kill();
      await proxy.catch(() => undefined);
    },
  };
}
