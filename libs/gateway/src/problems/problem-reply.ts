import { CodedError, ERRORS } from '@viernes/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import '../routes/fastify-augmentation.js';
import { PROBLEM_TYPE, toProblem } from './problem.js';

/** Used if the error has no retryAfterSeconds. */
export const RETRY_AFTER_SECONDS = 2;

/** Sends an error as problem details with the headers that belong to its status. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, traceId: string, error: CodedError): void {
  request.codedError = error;
  const { http, retry } = ERRORS[error.code];
  const { retryAfterSeconds } = error.details;
  if (retry === 'later') reply.header('retry-after', String(retryAfterSeconds ?? RETRY_AFTER_SECONDS));
  // Required by RFC 9110 section 11.6.1. The parameter marks an invalid token (RFC 6750 section 3).
  if (http === 401) {
    reply.header('www-authenticate', request.headers.authorization ? 'Bearer error="invalid_token"' : 'Bearer');
  }
  void reply
    .code(http)
    .header('cache-control', 'no-store')
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(toProblem(error.code, { url: request.url, traceId, fieldErrors: error.fieldErrors })));
}
