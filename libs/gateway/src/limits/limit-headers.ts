import type { FastifyReply } from 'fastify';
import type { LimitState } from './rate-limits.js';

/** Tells a client how much is left. @see draft-ietf-httpapi-ratelimit-headers, RateLimit and RateLimit-Policy */
export function setLimitHeaders(reply: FastifyReply, name: string, state: LimitState): void {
  reply.header('ratelimit-policy', `"${name}";q=${state.points};w=${state.windowSeconds}`);
  reply.header('ratelimit', `"${name}";r=${state.remaining};t=${state.resetSeconds}`);
}
