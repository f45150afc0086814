import { ServerCredentials, type ServerInterceptor, type ServiceDefinition } from '@grpc/grpc-js';
import type { GrpcOptions } from '@nestjs/microservices';
import type { GrpcServerConfig, HostPort } from '../config/base-env.js';
import { stripCallerMetadata } from './call-metadata.js';

/** Larger requests fail. A season with all its episodes is the largest one. */
export const MAX_REQUEST_BYTES = 8 * 1024 * 1024;

/** A port and its services. */
export interface GrpcPort {
  readonly address: HostPort;
  /**
   * Definitions of ts-proto by full name: `{ 'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService }`.
   */
  readonly definitions: Readonly<Record<string, ServiceDefinition>>;
  /** Whether the account and role in the metadata are trusted: only if no client except the edge can reach the port. */
  readonly isCallerTrusted: boolean;
}

/**
 * Creates the options of a gRPC server with our policy. It closes connections at a maximum age, for clients that do not
 * resolve names again and for addresses that several pods share. Calls in flight on an old connection finish.
 */
export function createGrpcServerOptions(
  { GRPC_MAX_CONNECTION_AGE_MS }: Pick<GrpcServerConfig, 'GRPC_MAX_CONNECTION_AGE_MS'>,
  { address, definitions, isCallerTrusted }: GrpcPort,
): GrpcOptions['options'] {
  const packages = Object.keys(definitions).map((fullName) => fullName.slice(0, fullName.lastIndexOf('.')));
  const interceptors: ServerInterceptor[] = isCallerTrusted ? [] : [stripCallerMetadata];
  return {
    url: toUrl(address),
    package: [...new Set(packages)],
    packageDefinition: definitions,
    credentials: ServerCredentials.createInsecure(),
    gracefulShutdown: true,
    maxReceiveMessageLength: MAX_REQUEST_BYTES,
    channelOptions: {
      'grpc.max_connection_age_ms': GRPC_MAX_CONNECTION_AGE_MS,
      // Pings that detect clients whose node failed: they never close their connections.
      'grpc.keepalive_time_ms': 30_000,
      'grpc.keepalive_timeout_ms': 5_000,
      // Nest passes all of these options to the Server of grpc-js unchanged.
      interceptors,
    } as Record<string, unknown>,
  };
}

function toUrl({ host, port }: HostPort): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
