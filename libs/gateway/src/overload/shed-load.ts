import { ERRORS } from '@viernes/contracts';
import { BoundCounter, type MutableNumber } from '@viernes/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Gauge } from 'prom-client';
import { isShortenedByClient } from '../deadline/request-timeout.js';
import { RETRY_AFTER_SECONDS, writeProblem } from '../problems/problem-reply.js';
import type { Operation } from '../routes/operation.js';
import '../routes/fastify-augmentation.js';
import { DEFAULT_PRIORITY } from '../routes/priority.js';
import type { CommonHeaders } from '../server/common-headers.js';
import { AdaptiveLimit } from './adaptive-limit.js';
import { Pressure } from './priority.js';
import { routeConfigOf } from '../routes/route-config.js';

/** Pressure in this process. */
const pressure = new Pressure();

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

/**
 * Rejects requests of an operation with 503 while it has more concurrent requests than its latency justifies. Each
 * operation has a separate limit, so that a service that hangs does not make the operations of other services fail.
 * Operations of lower priorities yield to those of higher ones. Operations that stream or wait for long have no limit:
 * their duration does not show how loaded the system is.
 */
export class LoadShedding {
  constructor(private readonly commonHeaders: CommonHeaders) {}

  /**
   * Adds the hook that admits or rejects requests.
   *
   * @param applies selects requests, all by default
   */
  install(fastify: FastifyInstance, applies: (request: FastifyRequest) => boolean = () => true): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      if (!applies(request) || this.admit(request, reply)) done();
      else this.reject(request, reply);
    });
  }

  /** Returns false if the request must be rejected. Otherwise, it occupies one slot until its response is complete. */
  admit(request: FastifyRequest, reply: FastifyReply): boolean {
    const { operation } = routeConfigOf(request);
    if (request.isAdmitted || !operation || operation.isLong || operation.streamsBody) return true;
    // The client disconnected while its token was verified: `close` would not release the slot.
    if (reply.raw.closed) return true;
    const { limit } = limitOf(operation);
    const startedAt = limit.tryAcquire();
    if (startedAt === undefined) return false;
    request.isAdmitted = true;
    // Fastify's onResponse does not run if the client disconnects before the response is complete.
    reply.raw.once('close', () => limit.release(startedAt, isMeasured(reply)));
    return true;
  }

  /** Responds like sendProblem, but skips the other hooks of Fastify, like a response from the cache. */
  reject(request: FastifyRequest, reply: FastifyReply): void {
    const { operation } = routeConfigOf(request);
    if (operation) limitOf(operation).rejected.value += 1;
    const problem = writeProblem(request, request.requestContext.traceId, {
      code: 'OVERLOADED',
      fieldErrors: [],
    });
    const { body } = problem;
    const fields = {
      ...problem.headers,
      'retry-after': RETRY_AFTER_SECONDS,
      'content-length': Buffer.byteLength(body),
    };
    const further = Object.entries(fields).flat().map(String);
    const { fixed } = this.commonHeaders;
    this.commonHeaders.send(request, reply, { status: ERRORS.OVERLOADED.http, headers: fixed, further, body });
  }
}

function limitOf(operation: Operation): LimitedOperation {
  let limited = limitedOperations.get(operation);
  if (!limited) {
    const { operationId, priority = DEFAULT_PRIORITY } = operation;
    const limit = new AdaptiveLimit(priority, pressure);
    limited = { limit, rejected: requestsRejected.bind({ operation: operationId }) };
    limitedOperations.set(operation, limited);
  }
  return limited;
}

/** A rejected request and a failed dependency are faster than a served request. Only our timeout is a sign of load. */
function isMeasured({ raw, statusCode, request }: FastifyReply): boolean {
  return raw.writableFinished && (statusCode < 400 || (statusCode === 504 && !isShortenedByClient(request)));
}
