import 'reflect-metadata';
import type { ServiceDefinition } from '@grpc/grpc-js';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import type { GrpcServerConfig } from '../config/base-env.js';
import { CallInterceptor } from '../grpc/call.interceptor.js';
import { CodedErrorFilter } from '../grpc/coded-error.filter.js';
import { grpcServerOptions } from '../grpc/server-options.js';
import { runProcess } from './run-process.js';

export interface GrpcServiceOptions {
  readonly name: string;
  readonly config: GrpcServerConfig;
  readonly module: DynamicModule | Type;
  /** By full name: `{ 'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService }`. */
  readonly definitions: Readonly<Record<string, ServiceDefinition>>;
}

/** Runs a service whose controllers answer gRPC. */
export async function runGrpcService({ name, config, module, definitions }: GrpcServiceOptions): Promise<void> {
  await runProcess({
    name,
    config,
    start: async ({ logger, nestLogger, platform }) => {
      const root: DynamicModule = { module: class GrpcService {}, imports: [platform, module] };
      const service = await NestFactory.createMicroservice<MicroserviceOptions>(root, {
        ...grpcServerOptions(config, definitions),
        logger: nestLogger,
      });
      service.useGlobalInterceptors(new CallInterceptor(logger));
      service.useGlobalFilters(new CodedErrorFilter());
      await service.listen();
      return service;
    },
  });
}
