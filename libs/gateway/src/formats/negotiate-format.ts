import { CodedError } from '@viernes/contracts';
import type { FastifyInstance } from 'fastify';
import '../routes/fastify-augmentation.js';
import { JSON_TYPE } from '../routes/operation.js';
import { toVersion } from '../versions/versions.js';
import { selectRepresentation, type Representation } from './select-representation.js';
import { toCsv } from './to-csv.js';
import { toXml } from './to-xml.js';
import { routeConfigOf } from '../routes/route-config.js';

/**
 * Writes the bodies of all operations that return JSON in the format and the version that the client prefers, and rejects
 * requests that accept none. Register it after the hook that serves from the cache, which selects the format itself.
 */
export function negotiateFormat(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { operation } = routeConfigOf(request);
    if (!operation?.success.schema) return done();
    const representation = selectRepresentation(request.headers.accept, operation);
    if (!representation) return done(new CodedError('NOT_ACCEPTABLE'));
    const { type } = representation;
    const serializer = findSerializer(representation);
    reply.header('vary', 'Accept');
    // Fastify sets no content type for a reply with a serializer.
    if (type !== JSON_TYPE || serializer) reply.type(`${type}; charset=utf-8`);
    if (serializer) reply.serializer(serializer);
    done();
  });
}

/** @returns undefined if JSON.stringify serializes the body */
function findSerializer({ format, operation }: Representation): ((body: unknown) => string) | undefined {
  const { schema, csv, toJson } = operation.success;
  if (format === 'csv' && csv) return (body) => toCsv(body, csv);
  if (format === 'xml' && schema) return (body) => toXml(toVersion(operation, body), schema);
  return operation.deprecated ? (body) => JSON.stringify(toVersion(operation, body)) : toJson;
}
