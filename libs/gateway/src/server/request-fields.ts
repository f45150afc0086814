import type { RequestContext } from '@viernes/platform';
import type { VerifiedCaller } from '../auth/access-tokens.js';
import type { Operation } from '../routes/operation.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Trace, deadline and, once known, the caller: what travels on in gRPC metadata. */
    call: RequestContext;
    /** Who asks, where a valid token said so. */
    caller: VerifiedCaller | null;
  }
  interface FastifyContextConfig {
    readonly operation?: Operation;
    /** The route serves files of the web app to everyone. */
    readonly servesWebApp?: true;
  }
}
