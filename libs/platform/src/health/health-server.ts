import { createServer, type Server } from 'node:http';
import { register } from 'prom-client';
import type { HostPort } from '../config/base-env.js';
import type { Readiness } from './readiness.js';

/**
 * Serves /livez (the event loop is running), /readyz (200, or 503 with the reasons), and /metrics (Prometheus text). It
 * starts before the application, so that a process that waits for a dependency can report which one.
 *
 * @throws Error if the address is in use
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
        return json(404, { error: 'available paths: /livez, /readyz, /metrics' });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, resolve);
  });
  // Open probes must not delay the exit of the process.
  server.unref();
  return server;
}
