import '../routes/fastify-augmentation.js';
import { timeoutOf } from '../deadline/request-timeout.js';
import { newTraceId, parseTraceparent, runInContext, type Client, type TraceSampling } from '@viernes/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { startRequestSpan } from './request-spans.js';
import { routeConfigOf } from '../routes/route-config.js';

/** Creates the context of every request: its trace ID (from `traceparent` or new), its span, and its deadline. */
export function createRequestContexts(fastify: FastifyInstance, sampling: TraceSampling): void {
  fastify.decorateRequest('requestContext');
  fastify.decorateRequest('caller', null);
  fastify.decorateRequest('isBodyPending', false);
  fastify.decorateRequest('codedError', null);
  fastify.decorateRequest('planDecisions', null);
  fastify.decorateRequest('input', null);
  fastify.decorateRequest('isAdmitted', false);
  fastify.addHook('onRequest', (request, reply, done) => {
    const { traceparent } = request.headers;
    const parent = parseTraceparent(typeof traceparent === 'string' ? traceparent : undefined);
    const traceId = parent?.traceId ?? newTraceId();
    const isSampled = sampling.isSampled(traceId, parent);
    const span = isSampled ? startRequestSpan(request, reply, traceId, parent?.spanId) : undefined;
    const { operation } = routeConfigOf(request);
    const client = operation?.recordsClient ? toClient(request) : undefined;
    // Before the deadline, because the response to an invalid one has the trace ID, too.
    request.requestContext = { traceId, ...(span && { span }), ...(client && { client }) };
    request.requestContext.deadlineAt = Date.now() + timeoutOf(request);
    done();
  });
}

const MAX_USER_AGENT_LENGTH = 300;

function toClient({ ip, headers }: FastifyRequest): Client {
  // Metadata of gRPC is printable ASCII.
  const userAgent = (headers['user-agent'] ?? '')
    .slice(0, MAX_USER_AGENT_LENGTH)
    .replaceAll(/[^ -~]/g, '?')
    .trim();
  return { address: ip, userAgent };
}

/**
 * Runs the handler in the context of its request. Separate from createRequestContexts, because reading the body leaves the
 * asynchronous context, because the caller is known only now, and because a response from the cache does not need it.
 */
export function enterRequestContexts(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', (request, _reply, done) => runInContext(request.requestContext, done));
}
