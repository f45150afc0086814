import { createHmac } from 'node:crypto';
import { CodedError } from '@viernes/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addressKey } from '../limits/address-key.js';
import '../routes/fastify-augmentation.js';
import { routeConfigOf } from '../routes/route-config.js';

export const IDEMPOTENCY_KEY_HEADER = 'Idempotency-Key';
export const REPLAYED_HEADER = 'Idempotent-Replayed';

/** Visible ASCII. */
export const IDEMPOTENCY_KEY = /^[!-~]{1,128}$/;

/**
 * Passes the key of a request to the service that stores its response, and marks responses that a service has stored
 * earlier. Rejects the registration of a POST that does not declare its idempotency. Register it after the access
 * check.
 */
export function acceptIdempotencyKeys(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', ({ config: { operation } = {} }) => {
    if (!operation || (operation.method === 'POST') === (operation.idempotency !== undefined)) return;
    throw new Error(`${operation.operationId}: every POST must declare its idempotency, and no other method can`);
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { operation } = routeConfigOf(request);
    const key = request.headers[IDEMPOTENCY_KEY_HEADER.toLowerCase()];
    if (!operation?.idempotency || key === undefined) return done();
    if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)) return done(new CodedError('IDEMPOTENCY_KEY_INVALID'));
    if (operation.idempotency === 'stored') {
      request.requestContext = { ...request.requestContext, idempotencyKey: bindToCaller(key, request) };
    }
    done();
  });
  fastify.addHook('onSend', ({ requestContext: { isReplayed } }, reply, _payload, done) => {
    if (isReplayed) reply.header(REPLAYED_HEADER, 'true');
    done();
  });
}

/**
 * Derives a key that no other caller can have: neither another account, nor an anonymous caller with another IP address
 * (IPv6: another /64 network). A service that receives it cannot derive the key of the client from it.
 */
function bindToCaller(key: string, { caller, ip }: FastifyRequest): string {
  const scope = caller ? `account:${caller.accountId}` : `ip:${addressKey(ip)}`;
  return createHmac('sha256', key).update(scope).digest('base64url');
}
