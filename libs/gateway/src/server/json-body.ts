import { CodedError } from '@viernes/contracts';
import type { FastifyInstance } from 'fastify';
import type { BodyType } from '../routes/operation.js';

const BODY_TYPES: BodyType[] = ['application/json', 'application/merge-patch+json'];

/**
 * Accepts only bodies in the JSON type of the operation, except for operations that stream their body. Rejects invalid
 * UTF-8 (Fastify would replace it), `__proto__` and `constructor.prototype`. The schema of the operation decides about
 * a missing body. Bodies with `Content-Encoding` are rejected: the limit of the size would apply to the encoded bytes.
 */
export function acceptJsonOnly(fastify: FastifyInstance): void {
  fastify.addHook('preParsing', (request, reply, _payload, done) => {
    const { operation } = request.routeOptions.config;
    const readsBody = operation?.body !== undefined || operation?.streamsBody;
    if (request.headers['content-encoding'] === undefined || !readsBody) return done();
    // RFC 9110 section 15.5.16: distinguishes the encoding from the content type.
    reply.header('accept-encoding', 'identity');
    done(new CodedError('MEDIA_TYPE_UNSUPPORTED'));
  });
  fastify.addHook('onRoute', (route) => {
    const maxBodyBytes = route.config?.operation?.maxBodyBytes;
    if (maxBodyBytes !== undefined) route.bodyLimit = maxBodyBytes;
  });
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser(BODY_TYPES, { parseAs: 'buffer' }, (request, body, done) => {
    const { operation } = request.routeOptions.config;
    const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
    if (operation?.body && type.trim().toLowerCase() !== (operation.bodyType ?? 'application/json')) {
      return done(new CodedError('MEDIA_TYPE_UNSUPPORTED'));
    }
    if (body.length === 0) return done(null, undefined);
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body));
    } catch (error) {
      return done(toBodyError('is not UTF-8', error));
    }
    parse(request, text, (error, value) => {
      if (error) done(toBodyError('is not JSON, or contains forbidden keys', error));
      else done(null, value);
    });
  });
}

function toBodyError(message: string, cause: unknown): CodedError {
  return new CodedError('REQUEST_INVALID', {}, { cause, fieldErrors: [{ path: 'body', message }] });
}
