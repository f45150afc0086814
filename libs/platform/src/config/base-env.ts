import { z } from 'zod';

/** `127.0.0.1:8400`, `0.0.0.0:80`, `[::1]:8400`: where a process listens. */
export const hostPort = z
  .string()
  .regex(/^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}$/, 'must be host:port')
  .transform((text) => {
    const colon = text.lastIndexOf(':');
    return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
  });

export type HostPort = z.infer<typeof hostPort>;

/** A gRPC target as grpc-js resolves it: `dns:///catalog:8401`. */
export const grpcTarget = z.string().regex(/^dns:\/\/\/\S+:\d{1,5}$/, 'must be dns:///host:port');

/** Comma-separated `host:port`s. */
export const brokerList = z
  .string()
  .min(1)
  .transform((list) => list.split(',').map((broker) => broker.trim()));

/** `postgres://user:password@host:port/database`. */
export const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });

/** What every process reads; an app's schema spreads it. */
export const baseEnv = {
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
  /** Plain HTTP: /livez, /readyz, /metrics. */
  HEALTH_ADDRESS: hostPort,
  /** How long to stay reachable after readiness went off, so that balancers can notice. 0 on a laptop. */
  DRAIN_DELAY_MS: z.coerce.number().int().min(0).max(60_000).default(0),
  /** Work in flight longer than this is cut off at shutdown. */
  DRAIN_TIMEOUT_MS: z.coerce.number().int().min(0).max(600_000).default(8_000),
};

/** What every gRPC server reads. */
export const grpcServerEnv = {
  GRPC_ADDRESS: hostPort,
  /** Connections are renewed this often: where an address stands for many pods, clients then meet others. */
  GRPC_MAX_CONNECTION_AGE_MS: z.coerce.number().int().min(1_000).default(60_000),
};

export interface BaseConfig {
  readonly LOG_LEVEL: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  readonly HEALTH_ADDRESS: HostPort;
  readonly DRAIN_DELAY_MS: number;
  readonly DRAIN_TIMEOUT_MS: number;
}

export interface GrpcServerConfig extends BaseConfig {
  readonly GRPC_ADDRESS: HostPort;
  readonly GRPC_MAX_CONNECTION_AGE_MS: number;
}
