import { createHash } from 'node:crypto';
import { CodedError } from '@viernes/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import '../routes/fastify-augmentation.js';
import { hasCredentials } from '../auth/session-cookie.js';
import { addressKey } from '../limits/address-key.js';
import { routeConfigOf } from '../routes/route-config.js';

const CANARY_HEADER = 'viernes-canary';

const CHOICES = ['always', 'never'];

export interface CanaryPolicy {
  /** Share of the callers, 0 to 100. */
  readonly percent: number;
  /** Clients can choose with `Viernes-Canary: always` or `never`. If false, the header has no effect. */
  readonly acceptsHeader: boolean;
}

/**
 * Selects the callers whose requests reach the canary of a service: always the same ones for a percentage, and more with a
 * higher one. Register it after the hooks that identify callers, and before those that serve from the cache.
 *
 * @param sharesResponses whether anonymous callers share responses: those are always from the stable backend, unless the
 *   header selects the canary. Other caches store them as well, and cannot distinguish the callers.
 */
export function selectCanaries(fastify: FastifyInstance, policy: CanaryPolicy, sharesResponses: boolean): void {
  const isCanary = (request: FastifyRequest): boolean => {
    const choice = policy.acceptsHeader ? readChoice(request) : undefined;
    if (choice !== undefined) return choice === 'always';
    const { operation } = routeConfigOf(request);
    if (sharesResponses && operation?.cache && !hasCredentials(request)) return false;
    return isSelected(request.caller?.accountId ?? addressKey(request.ip), policy.percent);
  };
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (isCanary(request)) request.requestContext = { ...request.requestContext, isCanary: true };
    done();
  });
}

/**
 * Returns whether a caller belongs to a share of all callers, which contains each smaller share.
 *
 * @param percent 0 to 100
 */
export function isSelected(callerKey: string, percent: number): boolean {
  const position = createHash('sha256').update(callerKey).digest().readUInt32BE() / 2 ** 32;
  return position * 100 < percent;
}

/** @throws CodedError REQUEST_INVALID for other values, because a mistyped one would select at random */
function readChoice({ headers }: FastifyRequest): string | undefined {
  const value = headers[CANARY_HEADER];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && CHOICES.includes(value)) return value;
  const fieldErrors = [{ path: CANARY_HEADER, reason: 'options', values: { options: CHOICES.join(', ') } } as const];
  throw new CodedError('REQUEST_INVALID', {}, { fieldErrors });
}
