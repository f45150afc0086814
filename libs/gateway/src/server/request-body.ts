import { CodedError } from '@viernes/contracts';
import type { FastifyInstance } from 'fastify';
import { decodeUtf8, toBodyError, withBodyError } from '../formats/body-error.js';
import { fromXml } from '../formats/from-xml.js';
import { findShapeError } from './json-shape.js';
import { bodyTypesOf, JSON_TYPE, MERGE_PATCH_TYPE, XML_TYPE } from '../routes/operation.js';
import { routeConfigOf } from '../routes/route-config.js';

/**
 * Accepts only bodies with a content type of the operation, except for operations that stream their body. Rejects
 * invalid UTF-8 (Fastify would replace it), `__proto__` and `constructor.prototype`. The schema of the operation
 * decides whether a body can be missing. Bodies with `Content-Encoding` are rejected: the size limit would apply to the
 * encoded bytes.
 */
export function parseBodies(fastify: FastifyInstance): void {
  fastify.addHook('preParsing', (request, reply, _payload, done) => {
    const { operation } = routeConfigOf(request);
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
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  const types = [JSON_TYPE, MERGE_PATCH_TYPE, XML_TYPE];
  // Fastify reports errors that a parser throws like those that it passes to `done`.
  fastify.addContentTypeParser(types, { parseAs: 'buffer' }, (request, body, done) => {
    const { operation } = routeConfigOf(request);
    const [parameterized = ''] = (request.headers['content-type'] ?? '').split(';', 1);
    const type = parameterized.trim().toLowerCase();
    if (operation?.body && !bodyTypesOf(operation).includes(type)) throw new CodedError('MEDIA_TYPE_UNSUPPORTED');
    const schema = operation?.body;
    if (body.length === 0 || !schema) return done(null, undefined);
    const text = decodeUtf8(Buffer.from(body));
    if (type === XML_TYPE)
      return done(
        null,
        withBodyError(() => fromXml(text, schema)),
      );
    const shapeError = findShapeError(text);
    if (shapeError) throw toBodyError(shapeError);
    parseJson(request, text, (error, value) => {
      if (error) done(toBodyError({ reason: 'notJson' }, error));
      else done(null, value);
    });
  });
}
