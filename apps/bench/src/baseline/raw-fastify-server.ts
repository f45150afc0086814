// The baseline: Fastify without policies, validation, and upstream calls. It also returns 304 if the ETag is the same.
import Fastify from 'fastify';
import { receiveStart } from './start-message.js';

/** Responses by path. */
export type RawResponses = Readonly<
  Record<string, { readonly contentType: string; readonly etag: string; readonly body: Uint8Array }>
>;

const responses = await receiveStart<RawResponses>();
const server = Fastify();
const paths = new Set(Object.keys(responses).map((path) => path.split('?', 1)[0] ?? path));
const bodies = new Map(
  Object.entries(responses).map(([path, response]) => [path, { ...response, body: Buffer.from(response.body) }]),
);
for (const path of paths) {
  server.get(path, (request, reply) => {
    const response = bodies.get(request.url);
    if (response === undefined) return reply.code(404).send();
    reply.header('etag', response.etag);
    if (request.headers['if-none-match'] === response.etag) return reply.code(304).send();
    return reply.header('content-type', response.contentType).send(response.body);
  });
}
process.send?.(Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port));
