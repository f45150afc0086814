import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SupervisedProcess } from '../processes/supervised-process.ts';

/**
 * Lets tests stop and start single processes. Listens on loopback.
 * GET /processes; POST /processes/{name}/kill (SIGKILL, no restart), /stop (SIGTERM, waits for the exit), and /start.
 */
export async function startControlServer(processes: ReadonlyMap<string, SupervisedProcess>) {
  const server = createServer(({ method, url }, response) => {
    control(processes, `${method} ${url}`).then(
      (body) => response.writeHead(body === undefined ? 404 : 200).end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @returns undefined for an unknown request */
async function control(processes: ReadonlyMap<string, SupervisedProcess>, request: string): Promise<unknown> {
  if (request === 'GET /processes') return [...processes.values()].map(({ status }) => status);
  const [, name = '', action] = /^POST \/processes\/([a-z]+)\/(kill|stop|start)$/.exec(request) ?? [];
  const process = processes.get(name);
  if (action === 'kill') await process?.stop('SIGKILL');
  else if (action === 'stop') await process?.stop();
  else process?.start();
  return process?.status;
}
