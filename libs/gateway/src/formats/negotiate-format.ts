import { CodedError } from '@viernes/contracts';
import type { FastifyInstance } from 'fastify';
import '../routes/fastify-augmentation.js';
import { JSON_TYPE } from '../routes/operation.js';
import { toVersion } from '../versions/versions.js';
import { selectRepresentation } from './select-representation.js';
import { toCsv } from './to-csv.js';
import { toXml } from './to-xml.js';
import { routeConfigOf } from '../routes/route-config.js';

/**
 * Writes the bodies of all operations that return JSON in the format and the version that the client prefers, and rejects
 * requests that accept none. Register it after the hook that serves from the cache, which selects them separately.
 */
export function negotiateFormat(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { operation } = routeConfigOf(request);
    if (!operation?.success.schema) return done();
    const representation = selectRepresentation(request.headers.accept, operation);
    if (!representation) return done(new CodedError('NOT_ACCEPTABLE'));
    const { format, type, operation: selected } = representation;
    const { schema, csv } = selected.success;
    reply.header('vary', 'Accept');
    // Fastify sets no content type for a reply with a serializer.
    if (type !== JSON_TYPE || selected.deprecated) reply.type(`${type}; charset=utf-8`);
    if (format === 'csv' && csv) reply.serializer((body: unknown) => toCsv(body, csv));
    else if (format === 'xml' && schema) reply.serializer((body: unknown) => toXml(toVersion(selected, body), schema));
    else if (selected.deprecated) reply.serializer((body: unknown) => JSON.stringify(toVersion(selected, body)));
    done();
  });
}
