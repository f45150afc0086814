import { ServerCredentials, type ServiceDefinition } from '@grpc/grpc-js';
import { Transport, type GrpcOptions } from '@nestjs/microservices';
import type { GrpcServerConfig } from '../config/base-env.js';

/**
 * A gRPC server with our policy. Connections are renewed by age: a client that holds one for ever would never call a pod
 * that was added. Calls in flight on an old connection finish.
 *
 * @param definitions ts-proto's, by full name: `{ 'viernes.catalog.v1.CatalogService': CatalogServiceService }`
 */
export function grpcServerOptions(
  config: GrpcServerConfig,
  definitions: Readonly<Record<string, ServiceDefinition>>,
): GrpcOptions {
  const packages = Object.keys(definitions).map((fullName) => fullName.slice(0, fullName.lastIndexOf('.')));
  return {
    transport: Transport.GRPC,
    options: {
      url: address(config.GRPC_ADDRESS),
      package: [...new Set(packages)],
      packageDefinition: definitions,
      credentials: ServerCredentials.createInsecure(),
      gracefulShutdown: true,
      maxReceiveMessageLength: 1024 * 1024,
      channelOptions: {
        'grpc.max_connection_age_ms': config.GRPC_MAX_CONNECTION_AGE_MS,
        // A client may ping this often without being cut off.
        'grpc.keepalive_time_ms': 30_000,
        'grpc.keepalive_timeout_ms': 5_000,
      } as Record<string, number>,
    },
  };
}

function address({ host, port }: GrpcServerConfig['GRPC_ADDRESS']): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
