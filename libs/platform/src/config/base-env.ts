import { z } from 'zod';

/** The host and port on which a process listens: `127.0.0.1:8400`, `0.0.0.0:80`, `[::1]:8400`. */
export const hostPort = z
  .string()
  .regex(/^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}$/, 'must be host:port')
  .transform((text) => {
    const colon = text.lastIndexOf(':');
    return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
  });

export type HostPort = z.infer<typeof hostPort>;

/** A gRPC target in the syntax of grpc-js: `dns:///catalog:8401`. */
export const grpcTarget = z.string().regex(/^dns:\/\/\/\S+:\d{1,5}$/, 'must be dns:///host:port');

/** A comma-separated list of `host:port`. */
export const brokerList = z
  .string()
  .min(1)
  .transform((list) => list.split(',').map((broker) => broker.trim()));

/** `postgres://user:password@host:port/database`. */
export const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });

/** `true` or `false`, which is the default. */
export const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

/** Settings of every process. The schema of an app spreads them. */
export const baseEnv = {
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
  /** Serves /livez, /readyz, and /metrics over plain HTTP. */
  HEALTH_ADDRESS: hostPort,
  /** How long a draining process accepts requests, while load balancers notice that it is not ready. 0 on a laptop. */
  DRAIN_DELAY_MS: z.coerce.number().int().min(0).max(60_000).default(0),
  /** Time after which a shutdown aborts the work in progress. */
  DRAIN_TIMEOUT_MS: z.coerce.number().int().min(0).max(600_000).default(8_000),
  /** An OTLP/HTTP receiver, without `/v1/traces`: `http://collector:4318`. Without it, spans are only in Kafka. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
};

/** Settings of every gRPC server. */
export const grpcServerEnv = {
  GRPC_ADDRESS: hostPort,
  /** Maximum age of a connection. Clients then reconnect, possibly to another pod that shares the address. */
  GRPC_MAX_CONNECTION_AGE_MS: z.coerce.number().int().min(1_000).default(60_000),
};

export interface BaseConfig {
  readonly LOG_LEVEL: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  readonly HEALTH_ADDRESS: HostPort;
  readonly DRAIN_DELAY_MS: number;
  readonly DRAIN_TIMEOUT_MS: number;
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
}

export interface GrpcServerConfig extends BaseConfig {
  readonly GRPC_ADDRESS: HostPort;
  readonly GRPC_MAX_CONNECTION_AGE_MS: number;
}
