import { CodedError } from '@viernes/contracts';
import type { FastifyInstance } from 'fastify';

/**
 * JSON is the only body there is, but for operations that stream theirs. UTF-8 is checked (Fastify would put replacement characters in), `__proto__` and
 * `constructor.prototype` are refused, and no body at all is left to the operation's schema.
 */
export function acceptJsonOnly(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body));
    } catch (error) {
      return done(refused('is not UTF-8', error));
    }
    parse(request, text, (error, value) => {
      if (error) done(refused('is not JSON, or has keys that are never allowed', error));
      else done(null, value);
    });
  });
}

function refused(message: string, cause: unknown): CodedError {
  return new CodedError('REQUEST_INVALID', {}, { cause, fieldErrors: [{ path: 'body', message }] });
}
