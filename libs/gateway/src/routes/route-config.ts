import type { FastifyRequest } from 'fastify';
import './fastify-augmentation.js';

const CONFIG = Symbol('route config');

type RouteConfig = FastifyRequest['routeOptions']['config'];

/**
 * Returns the cached config of a request's route. Fastify creates all `routeOptions` again for each access, and every
 * policy reads them: 13 objects per response from the cache, 25 per other response.
 */
export function routeConfigOf(request: FastifyRequest & { [CONFIG]?: RouteConfig }): RouteConfig {
  return (request[CONFIG] ??= request.routeOptions.config);
}
