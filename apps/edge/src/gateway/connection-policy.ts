import { TrustedProxies, type ConnectionPolicy } from '@viernes/gateway';
import type { Shutdown } from '@viernes/platform';
import type { EdgeConfig } from '../config.js';

/** The policy of connections to all ports for clients. */
export function toConnectionPolicy(config: EdgeConfig, shutdown: Shutdown): ConnectionPolicy {
  return {
    shutdown,
    maxAgeMs: config.HTTP_MAX_CONNECTION_AGE_MS,
    maxPerAddress: config.HTTP_MAX_CONNECTIONS_PER_IP,
    trustedProxies: new TrustedProxies(config.TRUSTED_PROXIES),
    hasProxyHeaders: config.PROXY_PROTOCOL,
  };
}
