import { userV1 } from '@viernes/contracts';
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
import { UserModule } from '../user.module.js';

export interface TestUser {
  readonly client: GrpcClient<userV1.UserServiceService>;
  readonly database: TestDatabase;
  /** A provider of the running service. */
  readonly get: <Provider>(type: new (...parts: never[]) => Provider) => Provider;
  readonly stop: () => Promise<void>;
}

export interface UserOptions {
  readonly editor?: { readonly email: string; readonly password: string };
  /** Another replica's; it is dropped by whoever made it. */
  readonly database?: TestDatabase;
}

/** The whole service in this process: its own database and consumer group, spoken to over gRPC. Waits until it is ready. */
export async function startUser(options: UserOptions = {}): Promise<TestUser> {
  const database = options.database ?? (await createTestDatabase());
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
  const settings = {
    DATABASE_URL: database.url,
    KAFKA_BROKERS: [...backing().kafkaBrokers],
    EDITOR_EMAIL: options.editor?.email,
    EDITOR_PASSWORD: options.editor?.password,
  };
  const logger = createLogger('user', 'fatal');
  const app = await createGrpcService(
    {
      config,
      module: UserModule.forConfig(settings, uniqueName('user')),
      definitions: { 'viernes.user.v1.UserService': userV1.UserServiceService },
    },
    { logger, nestLogger: new NestLogger(logger), platform: PlatformModule.forProcess(readiness, shutdown) },
  );
  await app.listen();
  await eventually(() => readiness.report().isReady);
  const client = createGrpcClient(userV1.UserServiceService, `dns:///127.0.0.1:${address.port}`, {
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
      if (!options.database) await database.drop();
    },
  };
}
