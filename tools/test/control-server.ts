import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SupervisedProcess } from '../processes/supervised-process.ts';

/**
 * Lets tests stop and start single processes. Listens on loopback.
 * GET /processes; POST /processes/{name}/kill (SIGKILL, no restart), /stop (SIGTERM, waits for the exit), and /start.
 */
export async function startControlServer(processes: ReadonlyMap<string, SupervisedProcess>) {
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    const respond = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    control(processes, method, url).then(
      (body) => (body === undefined ? respond(404, { error: `no ${method} ${url}` }) : respond(200, body)),
      (error: unknown) => respond(500, { error: String(error) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function control(
  processes: ReadonlyMap<string, SupervisedProcess>,
  method: string,
  path: string,
): Promise<unknown> {
  if (method === 'GET' && path === '/processes') return [...processes.values()].map(({ status }) => status);
  const [, name = '', action] = /^\/processes\/([a-z]+)\/(kill|stop|start)$/.exec(path) ?? [];
  const process = processes.get(name);
  if (method !== 'POST' || process === undefined) return undefined;
  if (action === 'kill') await process.kill();
  else if (action === 'stop') await process.stop();
  else process.start();
  return process.status;
}
