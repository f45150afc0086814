import { failSpan, SpanKind, startTrace, type Span, type SpanDescription } from '@viernes/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import '../routes/fastify-augmentation.js';
import { routeConfigOf } from '../routes/route-config.js';

/**
 * Starts the span of a request, which ends with its response. Undefined if the process does not record spans.
 *
 * @param callerSpanId in the `traceparent` of the client
 */
export function startRequestSpan(
  request: FastifyRequest,
  reply: FastifyReply,
  traceId: string,
  callerSpanId: string | undefined,
): Span | undefined {
  const span = startTrace({ traceId, spanId: callerSpanId }, describeRequest(request));
  if (!span) return undefined;
  // Fastify's onResponse does not run if the client disconnects before the response is complete.
  reply.raw.once('close', () => endRequestSpan(span, request, reply));
  return span;
}

/** Records the span of a failed request that was not sampled. Its calls have no spans. */
export function recordFailedRequest(request: FastifyRequest, reply: FastifyReply): void {
  const startTime = Date.now() - reply.elapsedTime;
  const { traceId } = request.requestContext;
  const span = startTrace({ traceId }, { ...describeRequest(request), startTime });
  if (span) endRequestSpan(span, request, reply);
}

/** Uses the pattern of the route, because paths contain IDs and tokens. */
function describeRequest(request: FastifyRequest): SpanDescription {
  const { method } = request;
  const { url, operation: { operationId: operation } = {} } = routeConfigOf(request);
  const attributes = {
    'http.request.method': method,
    ...(url !== undefined && { 'http.route': url }),
    ...(operation !== undefined && { 'viernes.operation': operation }),
  };
  return { name: url === undefined ? method : `${method} ${url}`, kind: SpanKind.SERVER, attributes };
}

function endRequestSpan(span: Span, { codedError }: FastifyRequest, { raw, statusCode }: FastifyReply): void {
  span.setAttribute('http.response.status_code', statusCode);
  if (statusCode >= 500) failSpan(span, codedError?.code ?? String(statusCode));
  else if (!raw.writableFinished && statusCode !== 101) failSpan(span, 'client_disconnected');
  span.end();
}
