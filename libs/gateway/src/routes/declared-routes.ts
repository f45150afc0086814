import './fastify-augmentation.js';
import { CodedError } from '@viernes/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { routeConfigOf } from './route-config.js';

interface KnownPath {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** Adds headers to the response to OPTIONS. */
export type DescribeMethods = (request: FastifyRequest, reply: FastifyReply, methods: readonly string[]) => void;

/**
 * Rejects the registration of a route without a declaration, so that no route exists without an access check. A route
 * declares an operation. Other routes declare that they carry calls of operations, or that they serve the web app.
 * Requests with a method that their path does not support return 405 with `Allow`, and OPTIONS returns 204 with `Allow`
 * (RFC 9110 sections 9.3.7 and 15.5.6), which is also the response to a preflight.
 */
export function requireDeclaredRoutes(fastify: FastifyInstance, describeMethods?: DescribeMethods): void {
  const paths = new Map<string, KnownPath>();
  fastify.addHook('onRoute', ({ url, method, config }) => {
    if (config?.servesWebApp) return;
    if (!config?.operation && !config?.carries) throw new Error(`route ${String(method)} ${url} declares no operation`);
    const path = paths.get(url) ?? { pattern: toPattern(url), methods: new Set(['OPTIONS']) };
    for (const name of [method].flat()) path.methods.add(name);
    paths.set(url, path);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    const { operation, carries } = routeConfigOf(request);
    if (operation ?? carries) return done();
    const [path = ''] = request.url.split('?', 1);
    const methods = [...paths.values()].flatMap((known) => (known.pattern.test(path) ? [...known.methods] : []));
    const isSupported = methods.includes(request.method) && request.method !== 'OPTIONS';
    if (methods.length === 0 || isSupported) return done();
    const allowed = [...new Set(methods)].sort();
    reply.header('allow', allowed.join(', '));
    if (request.method !== 'OPTIONS') return done(new CodedError('METHOD_NOT_ALLOWED'));
    describeMethods?.(request, reply, allowed);
    void reply.code(204).send();
  });
}

function toPattern(url: string): RegExp {
  const source = url.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/:[A-Za-z]+/g, '[^/]+');
  return new RegExp(`^${source}$`);
}
