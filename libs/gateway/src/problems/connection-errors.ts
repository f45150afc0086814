import type { Socket } from 'node:net';
import { CodedError } from '@viernes/contracts';
import { newTraceId } from '@viernes/platform';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_TYPE, toProblem } from './problem.js';
import { sendProblem } from './problem-reply.js';

/** Addresses that the router itself cannot read: bad percent-encoding, a parameter longer than any of ours. */
export function answerUnroutable(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const fieldErrors = [{ path: 'url', message: 'is not an address that can be read' }];
  sendProblem(request, reply, newTraceId(), new CodedError('REQUEST_INVALID', {}, { fieldErrors }));
}

/** What Node's HTTP parser gives up on, before there is a request: headers too large or malformed, or sent too slowly. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const fieldErrors = [{ path: 'request', message: FAULTS[error.code ?? ''] ?? 'is not HTTP/1.1 as we read it' }];
  const problem = toProblem('REQUEST_INVALID', { url: '', traceId: newTraceId(), fieldErrors });
  const body = JSON.stringify(problem);
  socket.end(
    [
      'HTTP/1.1 400 Bad Request',
      `content-type: ${PROBLEM_TYPE}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

const FAULTS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: 'has headers that are too large',
  ERR_HTTP_REQUEST_TIMEOUT: 'did not arrive in time',
};
