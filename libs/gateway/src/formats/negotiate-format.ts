import { CodedError } from '@viernes/contracts';
import type { FastifyInstance } from 'fastify';
import '../routes/fastify-augmentation.js';
import { XML_TYPE } from '../routes/operation.js';
import { selectFormat } from './select-format.js';
import { toXml } from './to-xml.js';

/**
 * Writes the bodies of all operations that return JSON in the format that the client prefers, and rejects requests that
 * accept neither. Register it after the hook that serves from the cache, which selects the format separately.
 */
export function negotiateFormat(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { schema, isJsonOnly } = request.routeOptions.config.operation?.success ?? {};
    if (!schema) return done();
    const format = selectFormat(request.headers.accept, isJsonOnly);
    if (!format) return done(new CodedError('NOT_ACCEPTABLE'));
    reply.header('vary', 'Accept');
    if (format === 'xml') {
      reply.type(`${XML_TYPE}; charset=utf-8`).serializer((body: unknown) => toXml(body, schema));
    }
    done();
  });
}
