import { z } from 'zod';

export const transcodeEnv = {
  /** Lifetime of a lease without a heartbeat. Workers send heartbeats at least three times in this time. */
  LEASE_SECONDS: z.coerce.number().int().min(3).max(3_600).default(30),
  /** Maximum number of attempts of one job, including the first. */
  MAX_ATTEMPTS: z.coerce.number().int().min(1).max(10).default(3),
  /** Upper limit of the delay before the second attempt. The limit doubles with each attempt, up to 60 s. */
  RETRY_BASE_MS: z.coerce.number().int().min(0).default(2_000),
  /** Lifetime of the URLs of a job's source and output. Workers can renew them. Longer than most jobs, so that renewals are rare. */
  JOB_URL_TTL_SECONDS: z.coerce.number().int().min(60).max(604_800).default(21_600),
};

export type TranscodeConfig = Readonly<z.infer<z.ZodObject<typeof transcodeEnv>>>;

/** Injects the TranscodeConfig. */
export const TRANSCODE_CONFIG = Symbol('TranscodeConfig');
