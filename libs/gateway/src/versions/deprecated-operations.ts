import { BoundCounter, type Logger, type MutableNumber } from '@viernes/platform';
import type { FastifyInstance } from 'fastify';
import '../routes/fastify-augmentation.js';
import type { Operation } from '../routes/operation.js';
import { versionOf } from './versions.js';
import { routeConfigOf } from '../routes/route-config.js';

const requests = new BoundCounter({
  name: 'http_deprecated_requests_total',
  help: 'Requests to the paths of deprecated operations',
  labelNames: ['operation'],
});

const counts = new Map<string, MutableNumber>();

/**
 * Counts the requests to deprecated operations, so that an operator sees when no client uses one any longer, and logs
 * at start which ones are served after their sunset.
 */
export function observeDeprecatedOperations(fastify: FastifyInstance, logger: Pick<Logger, 'warn'>): void {
  const operations = new Set<Operation>();
  fastify.addHook('onRoute', ({ config }) => {
    const operation = config?.operation;
    if (!operation?.deprecated) return;
    requireValidDeprecation(operation);
    operations.add(operation);
  });
  fastify.addHook('onReady', (done) => {
    for (const { operationId, deprecated: { sunset = '' } = {} } of operations) {
      if (Date.parse(sunset) <= Date.now())
        logger.warn({ operationId, sunset }, 'operation is served after its sunset');
    }
    done();
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { operation } = routeConfigOf(request);
    if (operation?.deprecated) countOf(operation).value += 1;
    done();
  });
}

/**
 * Rejects a declaration that would mislead clients, or whose conversion would not apply.
 * @throws Error that names the operation
 */
export function requireValidDeprecation(operation: Operation): void {
  const { operationId, method, deprecated, success } = operation;
  if (!deprecated) return;
  const { since, sunset, successor } = deprecated;
  const [sinceMs, sunsetMs] = [Date.parse(since), Date.parse(sunset)];
  const violations = [
    method !== 'GET' && 'it is not a read',
    (!success.schema || !successor.success.schema) && 'a body has no schema',
    (success.selectable ?? successor.success.selectable) && 'clients can select fields',
    // A client would send the entity tag of one version in a change of another version.
    (operation.returnsEntityTag ?? successor.returnsEntityTag) && 'it or its successor returns an entity tag',
    versionOf(successor) <= versionOf(operation) && 'its successor has no later version',
    (Number.isNaN(sinceMs) || Number.isNaN(sunsetMs)) && 'a date is invalid',
    sunsetMs < sinceMs && 'its sunset is before its deprecation',
  ].filter((violation) => typeof violation === 'string');
  if (violations.length > 0) throw new Error(`${operationId} cannot be deprecated like this: ${violations.join(', ')}`);
}

function countOf({ operationId }: Operation): MutableNumber {
  let count = counts.get(operationId);
  if (!count) counts.set(operationId, (count = requests.bind({ operation: operationId })));
  return count;
}
