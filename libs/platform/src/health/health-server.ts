import { createServer, type Server } from 'node:http';
import { register } from 'prom-client';
import type { HostPort } from '../config/base-env.js';
import type { Readiness } from './readiness.js';

/**
 * Answers /livez (the event loop turns), /readyz (200 or 503 with the reasons) and /metrics (Prometheus text). It listens
 * before anything else of the process does, so that a process which waits can say for what.
 *
 * @throws Error when the address is taken
 */
export async function startHealthServer(address: HostPort, readiness: Readiness): Promise<Server> {
  const server = createServer((request, response) => {
    const json = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    switch (request.url) {
      case '/livez':
        return json(200, { isAlive: true });
      case '/readyz': {
        const report = readiness.report();
        return json(report.isReady ? 200 : 503, report);
      }
      case '/metrics':
        void register.metrics().then(
          (text) => response.writeHead(200, { 'content-type': register.contentType }).end(text),
          (error: unknown) => json(500, { error: String(error) }),
        );
        return;
      default:
        return json(404, { error: 'there are /livez, /readyz and /metrics' });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, resolve);
  });
  // Probes must not keep a draining process alive.
  server.unref();
  return server;
}
