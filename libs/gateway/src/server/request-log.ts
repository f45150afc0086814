import { BoundCounter, BoundHistogram, type Logger, type MutableNumber, type TraceSampling } from '@viernes/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { recordFailedRequest } from './request-spans.js';
import { routeConfigOf } from '../routes/route-config.js';

const requestsTotal = new BoundCounter({
  name: 'http_requests_total',
  help: 'Completed requests by operation (web-app: files of the web app; soap, connect: calls of operations; none: unknown path) and status',
  labelNames: ['operation', 'status'],
});

const requestSeconds = new BoundHistogram({
  name: 'http_request_duration_seconds',
  help: 'Time from receiving a request to sending the last byte of its response',
  labelNames: ['operation'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

/**
 * Logs and measures every request. Uses the pattern of its route, because paths contain IDs and tokens.
 *
 * @param sampling limits the spans of failed requests that are not sampled
 * @returns a function that records a request for which Fastify runs no hook: the handshake of a WebSocket
 */
export function recordRequests(
  fastify: FastifyInstance,
  logger: Logger,
  sampling: TraceSampling,
): (request: FastifyRequest, reply: FastifyReply) => void {
  // Redaction costs four times as much as the rest of the line, which has no field that could be a secret.
  const requestLogger = logger.child({}, { redact: [] });
  const record = (request: FastifyRequest, reply: FastifyReply): void => {
    const route = routeConfigOf(request).url ?? 'unmatched';
    const { method } = request;
    const status = reply.statusCode;
    const durationMs = Math.round(reply.elapsedTime * 10) / 10;
    metricsOf(request).record(status, reply.elapsedTime / 1_000);
    const isTruncated = !reply.raw.writableFinished && status !== 101;
    const { traceId, span } = request.requestContext;
    const trace = span ? { traceId, spanId: span.spanContext().spanId } : { traceId };
    requestLogger.info({ ...trace, method, route, status, durationMs, ...(isTruncated && { isTruncated }) }, 'request');
    if (status >= 500 && !span && sampling.tryAcquire()) recordFailedRequest(request, reply);
  };
  fastify.addHook('onResponse', (request, reply, done) => {
    record(request, reply);
    done();
  });
  return record;
}

/** The metrics of one operation. */
class OperationMetrics {
  private readonly seconds;
  private readonly totals = new Map<number, MutableNumber>();

  constructor(private readonly operation: string) {
    this.seconds = requestSeconds.bind({ operation });
  }

  record(status: number, seconds: number): void {
    let total = this.totals.get(status);
    if (!total) this.totals.set(status, (total = requestsTotal.bind({ operation: this.operation, status })));
    total.value += 1;
    this.seconds.observe(seconds);
  }
}

const metricsByOperation = new Map<string, OperationMetrics>();

function metricsOf(request: FastifyRequest): OperationMetrics {
  const operation = getOperationLabel(request);
  let metrics = metricsByOperation.get(operation);
  if (!metrics) metricsByOperation.set(operation, (metrics = new OperationMetrics(operation)));
  return metrics;
}

function getOperationLabel(request: FastifyRequest): string {
  const { operation, carries, servesWebApp } = routeConfigOf(request);
  return operation?.operationId ?? carries ?? (servesWebApp ? 'web-app' : 'none');
}
