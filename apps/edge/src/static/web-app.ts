import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import { CodedError } from '@viernes/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Vite puts a hash of the content into these names: they never change. */
const HASHED = /^assets\//;

const API = /^v1(\/|$)/;

/** Serves the built web app; addresses that belong to its router get index.html. The API's own addresses never do. */
export async function serveWebApp(fastify: FastifyInstance, webRoot: string): Promise<void> {
  await fastify.register(fastifyStatic, { root: resolve(webRoot), serve: false });
  fastify.get<{ Params: { '*': string } }>('/*', { config: { servesWebApp: true } }, (request, reply) => {
    const path = request.params['*'];
    if (API.test(path) || isHostile(path)) throw new CodedError('ROUTE_NOT_FOUND');
    if (isPage(request, path)) return sendIndex(reply);
    if (HASHED.test(path)) return reply.sendFile(path, { maxAge: '365d', immutable: true });
    return reply.header('cache-control', 'no-cache').sendFile(path, { cacheControl: false });
  });
}

/** A browser that navigates asks for HTML; whatever has an extension is a file and nothing else. */
function isPage(request: FastifyRequest, path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  if (path === '' || path === 'index.html') return true;
  return !name.includes('.') && (request.headers.accept ?? '').includes('text/html');
}

function isHostile(path: string): boolean {
  return path.includes('\0') || path.split(/[/\\]/).some((segment) => segment.startsWith('.'));
}

function sendIndex(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false });
}
