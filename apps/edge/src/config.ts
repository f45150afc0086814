import { baseEnv, flag, hostPort, loadConfig } from '@viernes/platform';
import { z } from 'zod';
import { gatewayEnv } from './gateway/gateway.config.js';
import { liveEventEnv } from './live-event/live-event.config.js';
import { responseCacheEnv } from './response-cache/response-cache.config.js';
import { hasCanaryAddress, upstreamEnv } from './upstream/upstream.config.js';

const wordList = z
  .string()
  .default('')
  .transform((text) => text.split(/\s+/).filter((word) => word !== ''));

/** Origins as in the header `Origin`: without a path. */
const origins = wordList.pipe(z.array(z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin)));

export const Env = z
  .object({
    ...baseEnv,
    HTTP_ADDRESS: hostPort,
    /** Address of the port for gRPC clients outside of the platform. */
    PUBLIC_GRPC_ADDRESS: hostPort,
    /** After this age, a response closes its connection, so that clients find new pods. 0 disables the limit. */
    HTTP_MAX_CONNECTION_AGE_MS: z.coerce.number().int().min(0).default(5_000),
    /** Open connections per IP address, or per /64 network. Does not apply to TRUSTED_PROXIES. 0 disables the limit. */
    HTTP_MAX_CONNECTIONS_PER_IP: z.coerce.number().int().min(0).default(2_048),
    /** IP addresses or networks of proxies whose X-Forwarded-* headers are trusted, separated by spaces. */
    TRUSTED_PROXIES: wordList,
    /** Whether TRUSTED_PROXIES send a header of the PROXY protocol (version 1 or 2) on each connection. */
    PROXY_PROTOCOL: flag,
    /** Folder of the built web app. */
    WEB_ROOT: z.string().min(1),
    /** Origins at which browsers reach object storage, separated by spaces. */
    MEDIA_ORIGINS: origins,
    /** Other origins whose scripts can call the API, separated by spaces. */
    CORS_ORIGINS: origins,
    /** Fraction of the traces that are recorded. Clients can request a few more with the sampled flag. */
    TRACE_RATIO: z.coerce.number().min(0).max(1).default(0.01),
    ...upstreamEnv,
    ...gatewayEnv,
    ...responseCacheEnv,
    ...liveEventEnv,
  })
  .refine(hasCanaryAddress, {
    path: ['CATALOG_CANARY_ADDRESS'],
    message: 'required by CATALOG_CANARY_PERCENT and CATALOG_CANARY_HEADER',
  })
  .refine((env) => !env.PROXY_PROTOCOL || env.TRUSTED_PROXIES.length > 0, {
    path: ['TRUSTED_PROXIES'],
    message: 'required by PROXY_PROTOCOL',
  });

export type EdgeConfig = Readonly<z.infer<typeof Env>>;

/** @throws Error that lists all invalid settings */
export function readConfig(env: NodeJS.ProcessEnv): EdgeConfig {
  return loadConfig(Env, env);
}
