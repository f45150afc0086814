import { z } from 'zod';

export const transcodeEnv = {
  /** How long a worker keeps a job without a heartbeat. Workers send one each third of it. */
  LEASE_SECONDS: z.coerce.number().int().min(3).max(3_600).default(30),
  /** Tries of one job, the first included. */
  MAX_ATTEMPTS: z.coerce.number().int().min(1).max(10).default(3),
  /** Wait before the second try; doubled for each further one. */
  RETRY_BASE_MS: z.coerce.number().int().min(0).default(2_000),
  /** How long a worker may read the source and store its output: longer than the longest job. */
  JOB_URL_TTL_SECONDS: z.coerce.number().int().min(60).max(604_800).default(21_600),
};
