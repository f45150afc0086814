import { catalogV1 } from '@viernes/contracts';
import {
  createGrpcClient,
  createGrpcService,
  createLogger,
  NestLogger,
  PlatformModule,
  Readiness,
  Shutdown,
  type GrpcClient,
} from '@viernes/platform';
import { backing, createTestDatabase, eventually, freePort, uniqueName, type TestDatabase } from '@viernes/testing';
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
  const logger = createLogger('catalog', 'fatal');
  const app = await createGrpcService(
    {
      config,
      module: CatalogModule.forConfig(settings, uniqueName('catalog')),
      definitions: { 'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService },
    },
    { logger, nestLogger: new NestLogger(logger), platform: PlatformModule.forProcess(readiness, shutdown) },
  );
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
