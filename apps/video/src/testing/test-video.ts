import { randomUUID } from 'node:crypto';
import { transcodeV1, videoV1 } from '@viernes/contracts';
import type { Caller, GrpcClient } from '@viernes/platform';
import { runAs, startTestService, type TestService } from '@viernes/platform/testing';
import { ObjectStore } from '@viernes/storage';
import { uniqueName } from '@viernes/testing';
import { readConfig } from '../config.js';
import { VideoModule } from '../video.module.js';
import { recordEvents } from './recorded-events.js';

/** The service in this process, with a separate database and bucket. */
export interface TestVideo extends TestService {
  readonly video: GrpcClient<typeof videoV1.VideoServiceService>;
  readonly transcode: GrpcClient<typeof transcodeV1.TranscodeServiceService>;
  readonly bucket: string;
  readonly objects: ObjectStore;
  /** Runs work whose gRPC calls act for this account. */
  readonly as: <Result>(caller: Caller, work: () => Promise<Result>) => Promise<Result>;
}

type Settings = Readonly<Record<string, string>>;

/** Starts the service. It is ready on return. @param settings environment variables that replace the defaults */
export async function startVideo(settings: Settings = {}): Promise<TestVideo> {
  const service = await start({ bucket: `video-${randomUUID()}`, settings });
  await recordEvents(service.database);
  return service;
}

/** Starts another replica with the same database and bucket. Stop it before the first one. */
export async function startReplica({ database, bucket }: Pick<TestVideo, 'database' | 'bucket'>): Promise<TestVideo> {
  return start({ bucket, database });
}

interface StartOptions extends Partial<Pick<TestService, 'database'>> {
  readonly bucket: string;
  readonly settings?: Settings;
}

async function start({ bucket, database, settings }: StartOptions): Promise<TestVideo> {
  const overrides = { S3_BUCKET: bucket, CLEANUP_INTERVAL_SECONDS: '1', ...settings };
  const service = await startTestService({
    module: (env) => VideoModule.forConfig(readConfig({ ...env, ...overrides }), uniqueName('video')),
    definitions: { 'viernes.video.v1.VideoService': videoV1.VideoServiceService },
    workerDefinitions: { 'viernes.video.v1.TranscodeService': transcodeV1.TranscodeServiceService },
    ...(database && { database }),
  });
  const objects = service.get(ObjectStore);
  await objects.ensureBucket();
  return {
    ...service,
    video: service.client(videoV1.VideoServiceService),
    transcode: service.workerClient(transcodeV1.TranscodeServiceService),
    bucket,
    objects,
    as: runAs,
  };
}
