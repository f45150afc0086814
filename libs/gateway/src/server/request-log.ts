import { runInContext, type Logger } from '@viernes/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Counter, Histogram } from 'prom-client';

const requestsTotal = new Counter({
  name: 'http_requests_total',
  help: 'Requests that ended, by operation (web-app: files of the page; none: no such address) and status',
  labelNames: ['operation', 'status'],
});

const requestSeconds = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time from a request to the last byte of its answer',
  labelNames: ['operation'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

/** One log line and one measurement a request. Routes go by their pattern: addresses carry ids and tokens. */
export function recordRequests(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    const { method } = request;
    const status = reply.statusCode;
    const durationMs = Math.round(reply.elapsedTime * 10) / 10;
    const operation = operationOf(request);
    requestsTotal.inc({ operation, status });
    requestSeconds.observe({ operation }, reply.elapsedTime / 1_000);
    const isCutOff = !reply.raw.writableFinished;
    const line = { method, route, status, durationMs, ...(isCutOff && { isCutOff }) };
    runInContext(request.call, () => logger.info(line, 'request'));
    done();
  });
}

function operationOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.config.operation?.operationId ?? (routeOptions.config.servesWebApp ? 'web-app' : 'none');
}
