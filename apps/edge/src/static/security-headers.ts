import fastifyHelmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import { fastify } from 'fastify';

/**
 * Returns the security headers of the web app. Scripts are loaded only from this origin. hls.js needs `blob:` for its
 * worker and its media source. Omits upgrade-insecure-requests, because a local platform uses plain HTTP. Runs helmet
 * once, because it would compute the same values for each request.
 *
 * @param mediaOrigins origins of object storage, for media and upload parts
 */
export async function securityHeaders(mediaOrigins: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const source = fastify();
  await source.register(fastifyHelmet, toOptions(mediaOrigins));
  source.get('/', (_request, reply) => reply.raw.getHeaders());
  const response = await source.inject('/');
  await source.close();
  return response.json<Record<string, string>>();
}

function toOptions(mediaOrigins: readonly string[]): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        // Artwork can have any HTTPS URL.
        'img-src': ["'self'", 'https:', 'data:', 'blob:'],
        'font-src': ["'self'", 'data:'],
        'connect-src': ["'self'", 'blob:', ...mediaOrigins],
        'media-src': ["'self'", 'blob:', ...mediaOrigins],
        'worker-src': ["'self'", 'blob:'],
        'object-src': ["'none'"],
        'base-uri': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  };
}
