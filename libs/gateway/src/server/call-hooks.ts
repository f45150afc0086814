import './request-fields.js';
import { newTraceId, runInContext, parseTraceId } from '@viernes/platform';
import type { FastifyInstance } from 'fastify';
import { DEFAULT_TIMEOUT_MS } from '../routes/operation.js';

export const TRACE_HEADER = 'x-trace-id';

/** Opens a call for every request: its trace (continued from `traceparent` or begun here) and its deadline. */
export function openCalls(fastify: FastifyInstance): void {
  fastify.decorateRequest('call');
  fastify.decorateRequest('caller', null);
  fastify.addHook('onRequest', (request, reply, done) => {
    const { traceparent } = request.headers;
    const traceId = parseTraceId(typeof traceparent === 'string' ? traceparent : undefined) ?? newTraceId();
    const timeoutMs = request.routeOptions.config.operation?.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    request.call = { traceId, deadlineAt: Date.now() + timeoutMs };
    reply.header(TRACE_HEADER, traceId);
    runInContext(request.call, done);
  });
}

/**
 * Runs the handler in the request's call. Apart from openCalls, since reading a body leaves the asynchronous context, and
 * since by now the caller is known.
 */
export function enterCalls(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', (request, _reply, done) => runInContext(request.call, done));
}
