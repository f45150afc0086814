import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * Returns the security headers of the web app. Scripts are loaded only from this origin. hls.js needs `blob:` for its worker
 * and its media source. Without upgrade-insecure-requests, because a local platform uses plain HTTP.
 *
 * @param mediaOrigins origins of object storage, for media and upload parts
 */
export function securityHeaders(mediaOrigins: readonly string[]): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
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
