import { ServerCredentials, type ServerInterceptor, type ServiceDefinition } from '@grpc/grpc-js';
import type { GrpcOptions } from '@nestjs/microservices';
import type { GrpcServerConfig, HostPort } from '../config/base-env.js';
import { stripCallerMetadata } from './strip-caller-metadata.js';

/** One address and what is answered there. */
export interface GrpcPort {
  readonly address: HostPort;
  /** ts-proto's, by full name: `{ 'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService }`. */
  readonly definitions: Readonly<Record<string, ServiceDefinition>>;
  /** Whether account and role are believed that a call names: where nobody but the edge can reach the port. */
  readonly isCallerTrusted: boolean;
}

/**
 * A gRPC server with our policy. Connections are renewed by age, for clients that do not look names up again by themselves
 * and for addresses that stand for many pods. Calls in flight on an old connection finish.
 */
export function grpcServerOptions(
  { GRPC_MAX_CONNECTION_AGE_MS }: Pick<GrpcServerConfig, 'GRPC_MAX_CONNECTION_AGE_MS'>,
  { address, definitions, isCallerTrusted }: GrpcPort,
): GrpcOptions['options'] {
  const packages = Object.keys(definitions).map((fullName) => fullName.slice(0, fullName.lastIndexOf('.')));
  const interceptors: ServerInterceptor[] = isCallerTrusted ? [] : [stripCallerMetadata];
  return {
    url: urlOf(address),
    package: [...new Set(packages)],
    packageDefinition: definitions,
    credentials: ServerCredentials.createInsecure(),
    gracefulShutdown: true,
    maxReceiveMessageLength: 1024 * 1024,
    channelOptions: {
      'grpc.max_connection_age_ms': GRPC_MAX_CONNECTION_AGE_MS,
      // A client may ping this often without being cut off.
      'grpc.keepalive_time_ms': 30_000,
      'grpc.keepalive_timeout_ms': 5_000,
      // Nest hands all of these to grpc-js's Server as they are.
      interceptors,
    } as Record<string, unknown>,
  };
}

function urlOf({ host, port }: HostPort): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
