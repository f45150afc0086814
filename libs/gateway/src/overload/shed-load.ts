import { CodedError } from '@viernes/contracts';
import { BoundCounter, type MutableNumber } from '@viernes/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Gauge } from 'prom-client';
import { sendProblem } from '../problems/problem-reply.js';
import type { Operation } from '../routes/operation.js';
import { AdaptiveLimit } from './adaptive-limit.js';

const limitedOperations = new Map<Operation, LimitedOperation>();

const requestsRejected = new BoundCounter({
  name: 'http_requests_shed_total',
  help: 'Requests that were rejected because the operation is overloaded',
  labelNames: ['operation'],
});

new Gauge({
  name: 'http_concurrency_limit',
  help: 'Current limit of concurrent requests, which follows their latency',
  labelNames: ['operation'],
  collect() {
    for (const [{ operationId }, { limit }] of limitedOperations) this.set({ operation: operationId }, limit.limit);
  },
});

new Gauge({
  name: 'http_requests_in_flight',
  help: 'Admitted requests in flight',
  labelNames: ['operation'],
  collect() {
    for (const [{ operationId }, { limit }] of limitedOperations) this.set({ operation: operationId }, limit.inFlight);
  },
});

interface LimitedOperation {
  readonly limit: AdaptiveLimit;
  readonly rejected: MutableNumber;
}

/** Created once: an error captures its stack, which would cost as much as the response. */
const OVERLOADED = new CodedError('OVERLOADED');

/**
 * Rejects requests of an operation with 503 while it has more concurrent requests than its latency justifies. Each operation
 * has a separate limit, so that a service that hangs does not make the operations of other services fail. Operations that
 * stream or wait for long have no limit: their duration does not show how loaded the system is.
 */
export class LoadShedding {
  private readonly admitted = new WeakSet<FastifyRequest>();

  /**
   * Adds the hook that admits or rejects the requests that no hook before it has admitted.
   *
   * @param applies selects requests, all by default
   */
  admit(fastify: FastifyInstance, applies: (request: FastifyRequest) => boolean = () => true): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      const { operation } = request.routeOptions.config;
      if (!operation || operation.isLong || operation.streamsBody) return done();
      if (this.admitted.has(request) || !applies(request)) return done();
      // A client that disconnected while its token was verified: `close` would not release the slot.
      if (reply.raw.closed) return done();
      const { limit, rejected } = limitOf(operation);
      if (limit.tryAcquire()) {
        this.admitted.add(request);
        // Fastify's onResponse does not run if the client disconnects before the response is complete.
        reply.raw.once('close', () => limit.release(isMeasured(reply) ? reply.elapsedTime : undefined));
        return done();
      }
      rejected.value += 1;
      reject(request, reply);
    });
  }
}

function limitOf(operation: Operation): LimitedOperation {
  let limited = limitedOperations.get(operation);
  if (!limited) {
    limited = { limit: new AdaptiveLimit(), rejected: requestsRejected.bind({ operation: operation.operationId }) };
    limitedOperations.set(operation, limited);
  }
  return limited;
}

function reject(request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(request, reply, request.requestContext.traceId, OVERLOADED);
}

/** A rejected request and a failed dependency are faster than a served request. Only a timeout is a sign of load. */
function isMeasured({ raw, statusCode }: FastifyReply): boolean {
  return raw.writableFinished && (statusCode < 400 || statusCode === 504);
}
