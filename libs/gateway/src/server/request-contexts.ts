import '../routes/fastify-augmentation.js';
import { newTraceId, parseTraceId, runInContext } from '@viernes/platform';
import type { FastifyInstance } from 'fastify';
import { DEFAULT_TIMEOUT_MS } from '../routes/operation.js';

/** Creates the context of every request: its trace ID (from `traceparent` or new) and its deadline. */
export function createRequestContexts(fastify: FastifyInstance): void {
  fastify.decorateRequest('requestContext');
  fastify.decorateRequest('caller', null);
  fastify.decorateRequest('codedError', null);
  fastify.decorateRequest('limitState', null);
  fastify.decorateRequest('isAdmitted', false);
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { traceparent } = request.headers;
    const traceId = parseTraceId(typeof traceparent === 'string' ? traceparent : undefined) ?? newTraceId();
    const timeoutMs = request.routeOptions.config.operation?.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    request.requestContext = { traceId, deadlineAt: Date.now() + timeoutMs };
    done();
  });
}

/**
 * Runs the handler in the context of its request. Separate from createRequestContexts, because reading the body leaves the
 * asynchronous context, because the caller is known only now, and because a response from the cache does not need it.
 */
export function enterRequestContexts(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', (request, _reply, done) => runInContext(request.requestContext, done));
}
