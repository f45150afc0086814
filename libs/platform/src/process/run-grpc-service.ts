import 'reflect-metadata';
import type { ServiceDefinition } from '@grpc/grpc-js';
import type { DynamicModule, INestMicroservice, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ServerGrpc, type MicroserviceOptions } from '@nestjs/microservices';
import type { GrpcServerConfig } from '../config/base-env.js';
import { AccessGuard } from '../access/access.js';
import { assertPortsMatchAccess } from '../access/grpc-methods.js';
import { CodedErrorFilter } from '../grpc/error-translation.js';
import { GrpcPorts, type ServerPort } from '../grpc/grpc-ports.js';
import { createGrpcServerOptions, type GrpcPort } from '../grpc/server-options.js';
import { createRequestValidationPipe } from '../request/request-validation.js';
import { runProcess, type ProcessParts } from './run-process.js';

export interface GrpcServiceOptions {
  readonly name: string;
  readonly config: GrpcServerConfig;
  readonly module: DynamicModule | Type;
  /** Served on GRPC_ADDRESS, by full name: `{ 'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService }`. */
  readonly definitions: Readonly<Record<string, ServiceDefinition>>;
  /** A separate port for workers, which ignores the metadata of callers. */
  readonly workers?: Omit<GrpcPort, 'isCallerTrusted'>;
}

/** Serves the API of a service on GRPC_ADDRESS. */
function createApiPort({ config, definitions }: Pick<GrpcServiceOptions, 'config' | 'definitions'>): ServerPort {
  const port = { address: config.GRPC_ADDRESS, definitions, isCallerTrusted: true };
  return new ServerGrpc(createGrpcServerOptions(config, port));
}

/**
 * Creates a service whose controllers implement gRPC methods, with our policy for access, validation, and errors, in
 * production and in tests. It listens after `listen()`.
 *
 * @param api serves the definitions. Default: a gRPC server on GRPC_ADDRESS. The monolith passes an in-process server
 * @throws Error if a method is on the wrong port for its access
 */
export async function createGrpcService(
  { config, module, definitions, workers }: Omit<GrpcServiceOptions, 'name'>,
  { logger, nestLogger, platform }: Pick<ProcessParts, 'logger' | 'nestLogger' | 'platform'>,
  api: ServerPort = createApiPort({ config, definitions }),
): Promise<INestMicroservice> {
  const root: DynamicModule = { module: class GrpcService {}, imports: [platform, module] };
  const workerPorts = workers
    ? [new ServerGrpc(createGrpcServerOptions(config, { ...workers, isCallerTrusted: false }))]
    : [];
  const service = await NestFactory.createMicroservice<MicroserviceOptions>(root, {
    strategy: new GrpcPorts([api, ...workerPorts]),
    logger: nestLogger,
  });
  assertPortsMatchAccess(service, {
    api: Object.keys(definitions),
    workers: Object.keys(workers?.definitions ?? {}),
  });
  service.useGlobalGuards(new AccessGuard());
  service.useGlobalPipes(createRequestValidationPipe());
  service.useGlobalFilters(new CodedErrorFilter(logger));
  return service;
}

/** Runs the process of a gRPC service, from its start until it has drained. */
export async function runGrpcService({ name, ...options }: GrpcServiceOptions): Promise<void> {
  await runProcess({
    name,
    config: options.config,
    start: async (parts) => {
      const service = await createGrpcService(options, parts);
      await service.listen();
      return service;
    },
  });
}
