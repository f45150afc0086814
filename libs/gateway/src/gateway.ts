import { CodedError } from '@viernes/contracts';
import type { Logger } from '@viernes/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from './auth/authenticator.js';
import { enterCalls, openCalls } from './server/call-hooks.js';
import { boundBodyTime } from './server/body-time.js';
import { acceptJsonOnly } from './server/json-body.js';
import { renewConnections, type ConnectionLife } from './server/renew-connections.js';
import { recordRequests } from './server/request-log.js';
import { passStreamedBodies } from './server/streamed-body.js';
import { addressKey } from './limits/address-key.js';
import { requireDeclaredRoutes } from './routes/declared-routes.js';
import { setLimitHeaders } from './limits/limit-headers.js';
import type { RateLimits } from './limits/rate-limits.js';

export interface GatewayParts {
  readonly logger: Logger;
  readonly authenticator: Authenticator;
  /** The limit named `general` counts every operation, by account where one is signed in, else by address. */
  readonly limits: Pick<RateLimits<'general'>, 'consume'>;
  readonly connections: ConnectionLife;
}

/**
 * Puts the policies before every route, in the order in which they apply: the call is opened, the caller identified, the
 * use counted; only then is a body read.
 */
export function installGateway(
  fastify: FastifyInstance,
  { logger, authenticator, limits, connections }: GatewayParts,
): void {
  openCalls(fastify);
  recordRequests(fastify, logger);
  renewConnections(fastify, connections);
  boundBodyTime(fastify);
  requireDeclaredRoutes(fastify);
  acceptJsonOnly(fastify);
  passStreamedBodies(fastify);

  const count = async (request: FastifyRequest, reply: FastifyReply, key: string): Promise<void> => {
    setLimitHeaders(reply, 'general', await limits.consume('general', key));
  };
  fastify.addHook('onRequest', async (request, reply) => {
    const { operation } = request.routeOptions.config;
    if (!operation) return;
    reply.header('cache-control', 'no-store');
    const byAddress = `ip:${addressKey(request.ip)}`;
    const caller = await authenticator.identify(request, operation.auth).catch(async (error: unknown) => {
      await count(request, reply, byAddress);
      throw error;
    });
    if (caller) {
      const { accountId, sessionId, role } = caller;
      request.caller = caller;
      request.call = { ...request.call, accountId, sessionId, role };
    }
    await count(request, reply, caller ? `account:${caller.accountId}` : byAddress);
    if (operation.role && caller?.role !== operation.role) throw new CodedError('FORBIDDEN', { needs: operation.role });
  });
  enterCalls(fastify);
}
