import 'reflect-metadata';
import type { ServiceDefinition } from '@grpc/grpc-js';
import type { DynamicModule, INestMicroservice, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import type { GrpcServerConfig } from '../config/base-env.js';
import { AccessGuard } from '../access/access.js';
import { assertPortsMatchAccess } from '../access/grpc-methods.js';
import { CodedErrorFilter } from '../grpc/coded-error.filter.js';
import { GrpcPorts } from '../grpc/grpc-ports.js';
import { createRequestContextHook } from '../grpc/request-context-hook.js';
import { grpcServerOptions, type GrpcPort } from '../grpc/server-options.js';
import { createRequestValidationPipe } from '../request/request-validation.js';
import { runProcess, type ProcessParts } from './run-process.js';

export interface GrpcServiceOptions {
  readonly name: string;
  readonly config: GrpcServerConfig;
  readonly module: DynamicModule | Type;
  /** Answered on GRPC_ADDRESS, by full name: `{ 'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService }`. */
  readonly definitions: Readonly<Record<string, ServiceDefinition>>;
  /** What is answered to workers, on a port of its own where every call acts for nobody. */
  readonly workers?: Omit<GrpcPort, 'isCallerTrusted'>;
}

/**
 * A service whose controllers answer gRPC, with our policy for calls and errors; it listens after `listen()`. Runs of the
 * service and tests of it get the same one.
 */
export async function createGrpcService(
  { config, module, definitions, workers }: Omit<GrpcServiceOptions, 'name'>,
  { logger, nestLogger, platform }: Pick<ProcessParts, 'logger' | 'nestLogger' | 'platform'>,
): Promise<INestMicroservice> {
  const root: DynamicModule = { module: class GrpcService {}, imports: [platform, module] };
  const api = grpcServerOptions(config, { address: config.GRPC_ADDRESS, definitions, isCallerTrusted: true });
  const others = workers ? [grpcServerOptions(config, { ...workers, isCallerTrusted: false })] : [];
  const service = await NestFactory.createMicroservice<MicroserviceOptions>(root, {
    strategy: new GrpcPorts([api, ...others]),
    logger: nestLogger,
  });
  assertPortsMatchAccess(service, {
    api: Object.keys(definitions),
    workers: Object.keys(workers?.definitions ?? {}),
  });
  service.registerPreRequestHook(createRequestContextHook(logger));
  service.useGlobalGuards(new AccessGuard());
  service.useGlobalPipes(createRequestValidationPipe());
  service.useGlobalFilters(new CodedErrorFilter());
  return service;
}

/** The whole process of a service whose controllers answer gRPC, from its start to its drain. */
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
