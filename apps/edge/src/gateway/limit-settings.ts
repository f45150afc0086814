import type { RateLimit, UNKNOWN_API_KEYS } from '@viernes/gateway';
import type { GatewayConfig } from './gateway.config.js';

export type LimitName = 'sign-in' | 'sign-in-ip' | 'sign-up-ip' | typeof UNKNOWN_API_KEYS;

export const RATE_LIMITS = Symbol('RateLimits');

/**
 * Sign-ins are counted per IP address and email against guessing the password of one account, and per IP address
 * against guessing those of many accounts.
 */
export function toRateLimits(config: GatewayConfig): Record<LimitName, RateLimit> {
  const perMinute = (points: number): RateLimit => ({ points, windowSeconds: 60 });
  return {
    'sign-in': perMinute(config.RATE_LIMIT_SIGN_IN_PER_MINUTE),
    'sign-in-ip': perMinute(config.RATE_LIMIT_SIGN_IN_PER_IP_PER_MINUTE),
    'sign-up-ip': perMinute(config.RATE_LIMIT_SIGN_UP_PER_IP_PER_MINUTE),
    'unknown-api-key-ip': perMinute(config.RATE_LIMIT_UNKNOWN_API_KEY_PER_IP_PER_MINUTE),
  };
}
