import type { Flight } from './flight.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The handler run of this request, if other requests can use its response. */
    flight: Flight | null;
  }
}
