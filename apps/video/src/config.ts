import { baseEnv, brokerList, grpcServerEnv, hostPort, loadConfig, postgresUrl } from '@viernes/platform';
import { z } from 'zod';
import { playbackEnv } from './playback/playback.config.js';
import { transcodeEnv } from './transcode/transcode.config.js';
import { uploadEnv } from './upload/upload.config.js';

const httpUrl = z.url({ protocol: /^https?$/ });

export const Env = z
  .object({
    ...baseEnv,
    ...grpcServerEnv,
    /** Where workers, and nobody else, lease their jobs: TranscodeService alone. */
    WORKER_GRPC_ADDRESS: hostPort,
    DATABASE_URL: postgresUrl,
    KAFKA_BROKERS: brokerList,
    S3_ENDPOINT: httpUrl,
    /** Where browsers reach the store; absent: media goes through the edge. */
    S3_PUBLIC_ENDPOINT: httpUrl.optional(),
    S3_REGION: z.string().min(1),
    S3_ACCESS_KEY_ID: z.string().min(1),
    S3_SECRET_ACCESS_KEY: z.string().min(1),
    S3_BUCKET: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, 'must be a bucket name')
      .default('viernes'),
    /** How often what nobody needs any more is looked for and deleted. */
    CLEANUP_INTERVAL_SECONDS: z.coerce.number().int().min(1).max(86_400).default(30),
    ...uploadEnv,
    ...transcodeEnv,
    ...playbackEnv,
  })
  .refine((env) => env.PLAYBACK_HEARTBEAT_SECONDS * 2 < env.SESSION_TTL_SECONDS, {
    path: ['PLAYBACK_HEARTBEAT_SECONDS'],
    error: 'must be under half of SESSION_TTL_SECONDS, so that one lost heartbeat does not end the session',
  })
  .refine((env) => env.VERIFICATION_QUEUE_LIMIT >= env.VERIFICATION_CONCURRENCY, {
    path: ['VERIFICATION_QUEUE_LIMIT'],
    error: 'must be at least VERIFICATION_CONCURRENCY',
  })
  .refine((env) => env.JOB_URL_TTL_SECONDS > 2 * env.LEASE_SECONDS, {
    path: ['JOB_URL_TTL_SECONDS'],
    error: 'must be over twice LEASE_SECONDS: an address must outlive the lease that it came with',
  })
  .refine((env) => env.UPLOAD_MAX_BYTES <= 1000 * 5 * 1024 ** 3, {
    path: ['UPLOAD_MAX_BYTES'],
    error: 'must be at most 1000 parts of 5 GiB',
  });

export type VideoConfig = Readonly<z.infer<typeof Env>>;

/** Injection token of the VideoConfig. */
export const VIDEO_CONFIG = Symbol('VideoConfig');

/** @throws Error that lists every fault of the settings */
export function readConfig(env: NodeJS.ProcessEnv): VideoConfig {
  return loadConfig(Env, env);
}
