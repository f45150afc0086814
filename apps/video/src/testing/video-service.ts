import { randomUUID } from 'node:crypto';
import { transcodeV1, videoV1 } from '@viernes/contracts';
import { Database } from '@viernes/database';
import {
  createGrpcClient,
  createGrpcService,
  createLogger,
  NestLogger,
  newTraceId,
  PlatformModule,
  Readiness,
  runInContext,
  Shutdown,
  type CallerRole,
  type GrpcClient,
} from '@viernes/platform';
import { ObjectStore } from '@viernes/storage';
import { backing, createTestDatabase, freePort, type TestDatabase } from '@viernes/testing';
import { readConfig } from '../config.js';
import { videoService } from '../video-service.js';
import { recordEvents } from './published-events.js';

/** Somebody who calls the service, as the edge would name them. */
export interface Actor {
  readonly accountId: string;
  readonly role: CallerRole;
}

/** The service in this process, reached over gRPC, with a database and a bucket of its own. */
export interface RunningVideo {
  readonly video: GrpcClient<typeof videoV1.VideoServiceService>;
  readonly transcode: GrpcClient<typeof transcodeV1.TranscodeServiceService>;
  /** gRPC targets. */
  readonly addresses: { readonly api: string; readonly workers: string };
  readonly database: TestDatabase;
  readonly bucket: string;
  readonly objects: ObjectStore;
  readonly readiness: Readiness;
  /** Makes the calls that `work` makes calls of this account. */
  readonly as: <Result>(actor: Actor, work: () => Promise<Result>) => Promise<Result>;
  /** A provider of the running service. */
  readonly get: <Provider>(type: new (...parts: never[]) => Provider) => Provider;
  readonly stop: () => Promise<void>;
}

export function newActor(role: CallerRole = 'editor'): Actor {
  return { accountId: randomUUID(), role };
}

type Settings = Readonly<Record<string, string>>;

/** @param settings environment variables beside those of the backing services */
export async function startVideo(settings: Settings = {}): Promise<RunningVideo> {
  const database = await createTestDatabase();
  const running = await startProcess(database, { S3_BUCKET: `video-${randomUUID()}`, ...settings });
  await recordEvents(database);
  return {
    ...running,
    stop: async () => {
      await running.stop();
      await database.drop();
    },
  };
}

/** One more process of the same service: same database, same bucket. Stop it before the first one. */
export async function startReplica({ database, bucket }: RunningVideo): Promise<RunningVideo> {
  return startProcess(database, { S3_BUCKET: bucket });
}

async function startProcess(database: TestDatabase, settings: Settings): Promise<RunningVideo> {
  const { s3, kafkaBrokers } = backing();
  const grpcAddress = `127.0.0.1:${await freePort()}`;
  const workerAddress = `127.0.0.1:${await freePort()}`;
  const config = readConfig({
    LOG_LEVEL: 'error',
    HEALTH_ADDRESS: '127.0.0.1:0',
    GRPC_ADDRESS: grpcAddress,
    WORKER_GRPC_ADDRESS: workerAddress,
    DATABASE_URL: database.url,
    KAFKA_BROKERS: kafkaBrokers.join(','),
    S3_ENDPOINT: s3.endpoint,
    S3_PUBLIC_ENDPOINT: s3.endpoint,
    S3_REGION: s3.region,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    CLEANUP_INTERVAL_SECONDS: '1',
    ...settings,
  });
  const readiness = new Readiness();
  const shutdown = new Shutdown();
  const logger = createLogger('video', 'fatal');
  const service = await createGrpcService(videoService(config), {
    logger,
    nestLogger: new NestLogger(logger),
    platform: PlatformModule.forProcess(readiness, shutdown),
  });
  await service.listen();
  const objects = service.get(ObjectStore);
  await Promise.all([service.get(Database).whenReady(), objects.ensureBucket()]);

  const policy = { idempotent: [], timeoutMs: 30_000 };
  const video = createGrpcClient(videoV1.VideoServiceService, `dns:///${grpcAddress}`, policy);
  const transcode = createGrpcClient(transcodeV1.TranscodeServiceService, `dns:///${workerAddress}`, policy);
  return {
    video,
    transcode,
    addresses: { api: `dns:///${grpcAddress}`, workers: `dns:///${workerAddress}` },
    database,
    bucket: config.S3_BUCKET,
    objects,
    readiness,
    as: ({ accountId, role }, work) =>
      runInContext({ traceId: newTraceId(), accountId, sessionId: randomUUID(), role }, work),
    get: (type) => service.get(type, { strict: false }),
    stop: async () => {
      video.close();
      transcode.close();
      shutdown.begin();
      await service.close();
    },
  };
}
