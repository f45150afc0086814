import type { RateLimit } from '@viernes/gateway';
import type { EdgeConfig } from './config.js';

export type LimitName = 'general' | 'sign-in' | 'sign-in-address' | 'sign-up-address';

export const LIMITS = Symbol('RateLimits');

/** Signing in is counted twice: by address and email against guessing one password, by address alone against trying many. */
export function limitsOf(config: EdgeConfig): Record<LimitName, RateLimit> {
  const aMinute = (points: number): RateLimit => ({ points, windowSeconds: 60 });
  return {
    general: aMinute(config.RATE_LIMIT_GENERAL_PER_MINUTE),
    'sign-in': aMinute(config.RATE_LIMIT_SIGN_IN_PER_MINUTE),
    'sign-in-address': aMinute(config.RATE_LIMIT_SIGN_IN_PER_IP_PER_MINUTE),
    'sign-up-address': aMinute(config.RATE_LIMIT_SIGN_UP_PER_IP_PER_MINUTE),
  };
}
