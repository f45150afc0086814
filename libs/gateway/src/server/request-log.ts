import { runInContext, type Logger } from '@viernes/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Counter, Histogram } from 'prom-client';

const requestsTotal = new Counter({
  name: 'http_requests_total',
  help: 'Completed requests by operation (web-app: files of the web app; none: unknown path) and status',
  labelNames: ['operation', 'status'],
});

const requestSeconds = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time from receiving a request to sending the last byte of its response',
  labelNames: ['operation'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

/** Logs and measures every request. Uses the pattern of its route, because paths contain IDs and tokens. */
export function recordRequests(fastify: FastifyInstance, logger: Logger): void {
  // Redaction costs four times as much as the rest of the line, which has no field that could be a secret.
  const requestLogger = logger.child({}, { redact: [] });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    const { method } = request;
    const status = reply.statusCode;
    const durationMs = Math.round(reply.elapsedTime * 10) / 10;
    const operation = getOperationLabel(request);
    requestsTotal.inc({ operation, status });
    requestSeconds.observe({ operation }, reply.elapsedTime / 1_000);
    const isTruncated = !reply.raw.writableFinished;
    const line = { method, route, status, durationMs, ...(isTruncated && { isTruncated }) };
    runInContext(request.requestContext, () => requestLogger.info(line, 'request'));
    done();
  });
}

function getOperationLabel({ routeOptions: { config } }: FastifyRequest): string {
  return config.operation?.operationId ?? (config.servesWebApp ? 'web-app' : 'none');
}
