import { randomUUID } from 'node:crypto';
import type { DynamicModule } from '@nestjs/common';
import { backing, createTestDatabase, eventually, type TestDatabase } from '@viernes/testing';
import { runInContext, type Caller, type CallerRole, type RequestContext } from '../context/request-context.js';
import { newTraceId } from '../context/trace-parent.js';
import { startTestServer, type TestServer, type TestServerOptions } from './test-server.js';

/** Environment variables for `readConfig`. */
export type TestEnvironment = Readonly<Record<string, string>>;

export interface TestServiceOptions extends Omit<TestServerOptions, 'module'> {
  /**
   * Creates the root module.
   *
   * @param env settings of every service: its own database, the broker, and object storage
   */
  readonly module: (env: TestEnvironment) => DynamicModule;
  /** The database of another replica, which outlives this one. Default: a new one, which `stop` drops. */
  readonly database?: TestDatabase;
}

export interface TestService extends TestServer {
  readonly database: TestDatabase;
  /** Returns a provider of the running service. */
  readonly get: <Provider>(type: abstract new (...parts: never[]) => Provider) => Provider;
}

/** Starts a service in this process with real backing services. It is ready on return. */
export async function startTestService({ module, ...options }: TestServiceOptions): Promise<TestService> {
  const database = options.database ?? (await createTestDatabase());
  const server = await startTestServer({ ...options, module: module(createEnvironment(database)) });
  await eventually(() => server.readiness.report().isReady);
  return {
    ...server,
    database,
    get: (type) => server.app.get(type, { strict: false }),
    stop: async () => {
      await server.stop();
      if (!options.database) await database.drop();
    },
  };
}

function createEnvironment(database: TestDatabase): TestEnvironment {
  const { s3, kafkaBrokers } = backing();
  return {
    LOG_LEVEL: 'error',
    HEALTH_ADDRESS: '127.0.0.1:0',
    // Required by the settings of a process. The harness selects the ports itself.
    GRPC_ADDRESS: '127.0.0.1:0',
    WORKER_GRPC_ADDRESS: '127.0.0.1:0',
    DATABASE_URL: database.url,
    KAFKA_BROKERS: kafkaBrokers.join(','),
    S3_ENDPOINT: s3.endpoint,
    S3_PUBLIC_ENDPOINT: s3.endpoint,
    S3_REGION: s3.region,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
  };
}

/** Returns a new account with a session. */
export function newCaller(role: CallerRole = 'viewer'): Caller {
  return { accountId: randomUUID(), sessionId: randomUUID(), role };
}

/** Runs work whose gRPC calls act for this caller, like calls from the edge. */
export function runAs<Result>(caller: Caller, work: () => Promise<Result>): Promise<Result> {
  return runInContext({ traceId: newTraceId(), ...caller }, work);
}

interface KeyedResponse<Response> {
  readonly response: Response;
  readonly isReplayed: boolean;
}

/** Runs a gRPC call with an idempotency key, unless it is undefined. Without a caller, the call is anonymous. */
export async function runWithKey<Response>(
  idempotencyKey: string | undefined,
  work: () => Promise<Response>,
  caller?: Caller,
): Promise<KeyedResponse<Response>> {
  const context: RequestContext = {
    traceId: newTraceId(),
    ...caller,
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  };
  const response = await runInContext(context, work);
  return { response, isReplayed: context.isReplayed ?? false };
}
