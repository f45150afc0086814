import { createServer } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { catalogV1 } from '@viernes/contracts';
import {
  CallInterceptor,
  CodedErrorFilter,
  createGrpcClient,
  createLogger,
  grpcServerOptions,
  PlatformModule,
  Readiness,
  Shutdown,
  type GrpcClient,
} from '@viernes/platform';
import { backing, createTestDatabase, eventually, uniqueName, type TestDatabase } from '@viernes/testing';
import { CatalogModule } from '../catalog.module.js';

export interface TestCatalog {
  readonly client: GrpcClient<catalogV1.CatalogServiceService>;
  readonly database: TestDatabase;
  /** A provider of the running service. */
  readonly get: <Provider>(type: new (...parts: never[]) => Provider) => Provider;
  readonly stop: () => Promise<void>;
}

/** The whole service in this process: its own database and consumer group, spoken to over gRPC. Waits until it is ready. */
export async function startCatalog(): Promise<TestCatalog> {
  const database = await createTestDatabase();
  const readiness = new Readiness();
  const shutdown = new Shutdown();
  const address = { host: '127.0.0.1', port: await freePort() };
  const config = {
    LOG_LEVEL: 'error',
    HEALTH_ADDRESS: address,
    GRPC_ADDRESS: address,
    GRPC_MAX_CONNECTION_AGE_MS: 60_000,
    DRAIN_DELAY_MS: 0,
    DRAIN_TIMEOUT_MS: 5_000,
  } as const;
  const settings = { DATABASE_URL: database.url, KAFKA_BROKERS: [...backing().kafkaBrokers] };
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(
    {
      module: class TestCatalogProcess {},
      imports: [
        PlatformModule.forProcess(readiness, shutdown),
        CatalogModule.forConfig(settings, uniqueName('catalog')),
      ],
    },
    {
      ...grpcServerOptions(config, { 'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService }),
      logger: false,
    },
  );
  app.useGlobalInterceptors(new CallInterceptor(createLogger('catalog', 'fatal')));
  app.useGlobalFilters(new CodedErrorFilter());
  await app.listen();
  await eventually(() => readiness.report().isReady);
  const client = createGrpcClient(catalogV1.CatalogServiceService, `dns:///127.0.0.1:${address.port}`, {
    idempotent: [],
    timeoutMs: 10_000,
  });
  return {
    client,
    database,
    get: (type) => app.get(type, { strict: false }),
    stop: async () => {
      client.close();
      shutdown.begin();
      await app.close();
      await database.drop();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
