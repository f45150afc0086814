import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * What pages of ours may load, and who may frame them. Scripts come from this origin only; hls.js needs blob: for its
 * worker and its media source. No upgrade-insecure-requests: on a laptop everything is plain HTTP.
 *
 * @param mediaOrigins where films are fetched from and parts are sent to, besides the edge
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
