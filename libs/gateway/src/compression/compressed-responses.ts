import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import '../routes/fastify-augmentation.js';
import { addVary } from '../server/vary.js';
import { compressBody, MIN_COMPRESSED_BYTES } from './compress-body.js';
import { selectEncoding, toEncodedTag } from './select-encoding.js';
import { routeConfigOf } from '../routes/route-config.js';

/** JSON, XML, CSV, problem details and HLS playlists. Media is compressed already. */
const COMPRESSIBLE_TYPE = /^(application\/(([\w.-]+\+)?(json|xml)|vnd\.apple\.mpegurl)|text\/csv)\b/;

/**
 * Compresses the bodies of all operations by `Accept-Encoding`, except those that return credentials. Unchanged: bodies
 * below 1 KiB, other content types, streams (events, media), ranges, and responses with `Content-Encoding` or
 * `no-transform`.
 */
export function compressResponses(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (!isCompressible(request, reply, payload)) return payload;
    addVary(reply, 'Accept-Encoding');
    const encoding = selectEncoding(request.headers['accept-encoding']);
    if (encoding === 'identity') return payload;
    const body = await compressBody(typeof payload === 'string' ? Buffer.from(payload) : payload, encoding);
    reply.header('content-encoding', encoding);
    if (routeConfigOf(request).operation?.returnsEntityTag) {
      reply.header('etag', toEncodedTag(headerText(reply, 'etag'), encoding));
    } else weakenEtag(reply);
    return body;
  });
}

function isCompressible(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): payload is string | Buffer<ArrayBuffer> {
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return false;
  return (
    payload.length >= MIN_COMPRESSED_BYTES &&
    !routeConfigOf(request).operation?.returnsCredentials &&
    reply.statusCode !== 206 &&
    COMPRESSIBLE_TYPE.test(headerText(reply, 'content-type')) &&
    !reply.hasHeader('content-encoding') &&
    !headerText(reply, 'cache-control').includes('no-transform')
  );
}

/**
 * The encoded bytes differ from those that a strong tag identifies. A weak tag states that they are equivalent, and still
 * matches `If-None-Match` (RFC 9110 sections 8.8.1 and 13.1.2).
 */
function weakenEtag(reply: FastifyReply): void {
  const etag = headerText(reply, 'etag');
  if (etag.startsWith('"')) reply.header('etag', `W/${etag}`);
}

function headerText(reply: FastifyReply, name: string): string {
  return String(reply.getHeader(name) ?? '');
}
