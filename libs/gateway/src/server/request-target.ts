import type { IncomingMessage } from 'node:http';
import { CodedError } from '@viernes/contracts';
import type { FastifyInstance } from 'fastify';

/** In characters. RFC 9110 section 4.1 recommends accepting at least this length. */
export const MAX_URL_LENGTH = 8_000;

/**
 * Rejects URLs that are too long, and requests without exactly one Host (RFC 9112 section 3.2): Node uses the first one, and
 * a proxy can use another one. Node's parser rejects URLs that do not fit into the headers.
 */
export function checkRequestTargets(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ raw }, _reply, done) => done(findTargetError(raw)));
}

function findTargetError({ url = '', headers, rawHeaders, httpVersion }: IncomingMessage): CodedError | undefined {
  if (url.length > MAX_URL_LENGTH) return new CodedError('URL_TOO_LONG');
  if (headers.host === undefined) return httpVersion === '1.0' ? undefined : toHostError('missing');
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count > 1 ? toHostError('repeatedValue') : undefined;
}

function toHostError(reason: 'missing' | 'repeatedValue'): CodedError {
  return new CodedError('REQUEST_INVALID', {}, { fieldErrors: [{ path: 'host', reason }] });
}
