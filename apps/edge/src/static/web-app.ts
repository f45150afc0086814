import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import { CodedError } from '@viernes/contracts';
import { readSessionCookie } from '@viernes/gateway';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findLinkPreview, hasPreview } from './find-link-preview.js';
import { insertPreview } from './link-preview.js';

/** Vite puts a hash of the content into these names, so their content never changes. */
const HASHED_FILE = /^assets\//;

/**
 * Preloads the data of the home page for users who are not signed in, so that browsers request it before the scripts have
 * loaded. `crossorigin` must match the request of the web app. Otherwise, browsers would send a second request.
 */
const HOME_PRELOAD = '</v1/home>; rel=preload; as=fetch; crossorigin=anonymous';

const API_PATH = /^(v\d+|problems|soap)(\/|$)/;

/**
 * Serves the built web app. Returns index.html for the paths of its router, but never for paths of the API.
 */
export async function serveWebApp(fastify: FastifyInstance, webRoot: string): Promise<void> {
  // The build writes .br and .gz next to each text file.
  await fastify.register(fastifyStatic, { root: resolve(webRoot), serve: false, preCompressed: true });
  fastify.options<{ Params: { '*': string } }>('/*', { config: { servesWebApp: true } }, describeMethods);
  const index = await readFile(join(resolve(webRoot), 'index.html'), 'utf8');
  fastify.get<{ Params: { '*': string } }>('/*', { config: { servesWebApp: true } }, async (request, reply) => {
    const path = request.params['*'];
    if (API_PATH.test(path) || isForbidden(path)) throw new CodedError('ROUTE_NOT_FOUND');
    if (path === '' && readSessionCookie(request) === undefined) reply.header('link', HOME_PRELOAD);
    // For any Accept header, because some crawlers that read the metadata do not request HTML.
    if (hasPreview(path)) {
      const preview = await findLinkPreview(fastify, request, path);
      if (!preview) return sendIndex(reply);
      const page = insertPreview(index, preview, `${request.protocol}://${request.host}`);
      const headers = { 'cache-control': 'no-cache', 'content-language': preview.language, vary: 'Accept-Language' };
      return reply.type('text/html; charset=utf-8').headers(headers).send(page);
    }
    if (isPage(request, path)) return sendIndex(reply);
    if (HASHED_FILE.test(path)) return reply.sendFile(path, { maxAge: '365d', immutable: true });
    return reply.header('cache-control', 'no-cache').sendFile(path, { cacheControl: false });
  });
}

/** Responds to OPTIONS of the web app. requireDeclaredRoutes responds for paths of the API. */
function describeMethods(request: FastifyRequest<{ Params: { '*': string } }>, reply: FastifyReply): FastifyReply {
  if (API_PATH.test(request.params['*'])) throw new CodedError('ROUTE_NOT_FOUND');
  return reply.code(204).header('allow', 'GET, HEAD, OPTIONS').send();
}

/** A browser that navigates accepts HTML. A path with an extension is always a file. */
function isPage(request: FastifyRequest, path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  if (path === '' || path === 'index.html') return true;
  return !name.includes('.') && (request.headers.accept ?? '').includes('text/html');
}

/** Detects control characters, backslashes, empty segments and dotfiles. Some of them would return 403 otherwise. */
function isForbidden(path: string): boolean {
  return /[\p{Cc}\\]|\/\//u.test(path) || path.split('/').some((segment) => segment.startsWith('.'));
}

function sendIndex(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false });
}
