import { baseEnv, brokerList, grpcServerEnv, hostPort, loadConfig, postgresUrl } from '@viernes/platform';
import { z } from 'zod';
import { backgroundEnv } from './background/background.config.js';
import { objectStoreEnv } from './object-store/object-store.config.js';
import { playbackEnv } from './playback/playback.config.js';
import { transcodeEnv } from './transcode/transcode.config.js';
import { uploadEnv } from './upload/upload.config.js';

export const Env = z
  .object({
    ...baseEnv,
    ...grpcServerEnv,
    /** The port of TranscodeService, for workers only. */
    WORKER_GRPC_ADDRESS: hostPort,
    DATABASE_URL: postgresUrl,
    KAFKA_BROKERS: brokerList,
    ...objectStoreEnv,
    ...backgroundEnv,
    ...uploadEnv,
    ...transcodeEnv,
    ...playbackEnv,
  })
  .refine((env) => env.PLAYBACK_HEARTBEAT_SECONDS * 2 < env.SESSION_TTL_SECONDS, {
    path: ['PLAYBACK_HEARTBEAT_SECONDS'],
    error: 'must be less than half of SESSION_TTL_SECONDS, so that one lost heartbeat does not end the session',
  })
  .refine((env) => env.VERIFICATION_QUEUE_LIMIT >= env.VERIFICATION_CONCURRENCY, {
    path: ['VERIFICATION_QUEUE_LIMIT'],
    error: 'must be at least VERIFICATION_CONCURRENCY',
  })
  .refine((env) => env.JOB_URL_TTL_SECONDS > 2 * env.LEASE_SECONDS, {
    path: ['JOB_URL_TTL_SECONDS'],
    error: 'must be more than twice LEASE_SECONDS, because a URL must outlive its lease',
  })
  .refine((env) => env.UPLOAD_MAX_BYTES <= 1000 * 5 * 1024 ** 3, {
    path: ['UPLOAD_MAX_BYTES'],
    error: 'must be at most 1000 parts of 5 GiB',
  });

export type VideoConfig = Readonly<z.infer<typeof Env>>;

/** @throws Error that lists all invalid settings */
export function readConfig(env: NodeJS.ProcessEnv): VideoConfig {
  return loadConfig(Env, env);
}
