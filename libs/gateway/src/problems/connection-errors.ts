import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { CodedError, type ErrorCode } from '@viernes/contracts';
import { newTraceId } from '@viernes/platform';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './problem-reply.js';
import { PROBLEM_TYPE, toProblem } from './problem.js';

/** Responds to URLs that the router cannot parse: invalid percent-encoding, a parameter that is too long. */
export function handleRoutingError(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const error = new CodedError('REQUEST_INVALID', {}, { fieldErrors: [{ path: 'url', reason: 'url' }] });
  sendProblem(request, reply, newTraceId(), error);
}

/**
 * Responds on the socket if Node's HTTP parser rejects a request: invalid or too large headers, or a timeout. Closes a
 * connection without a request silently: browsers open some in advance, and would treat a response that crosses their
 * request as the response to it.
 */
export function handleClientError(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET' || socket.bytesRead === 0) {
    socket.destroy();
    return;
  }
  const code = CODES[error.code ?? ''] ?? 'REQUEST_INVALID';
  const fieldErrors = code === 'REQUEST_INVALID' ? [{ path: 'request', reason: 'notHttp' } as const] : [];
  const problem = toProblem(code, { url: '', traceId: newTraceId(), fieldErrors });
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      `content-type: ${PROBLEM_TYPE}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};
