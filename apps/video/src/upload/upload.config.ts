import { z } from 'zod';

const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;

export const uploadEnv = {
  /** Largest source. 5 GiB is also the most that one PUT may store, so that renditions fit wherever sources do. */
  UPLOAD_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(5 * GIBIBYTE),
  /** Size of a part until that would make more than 1000 of them; 5 MiB is the least that S3 joins. */
  UPLOAD_PART_BYTES: z.coerce
    .number()
    .int()
    .min(5 * MEBIBYTE)
    .max(GIBIBYTE)
    .default(8 * MEBIBYTE),
  /** How long an upload stays open. Under a day: MinIO drops parts that are older by itself. */
  UPLOAD_TTL_SECONDS: z.coerce.number().int().min(60).max(86_400).default(43_200),
  /** Uploads that one account may have open. */
  MAX_OPEN_UPLOADS: z.coerce.number().int().min(1).default(10),
  /** How long the address of a part is good for. */
  PART_URL_TTL_SECONDS: z.coerce.number().int().min(60).max(604_800).default(3_600),
  /** Uploads that one process verifies at a time; each streams its object through a hash. */
  VERIFICATION_CONCURRENCY: z.coerce.number().int().min(1).default(4),
  /** Uploads that one process verifies or that wait for it; one more is asked to come back later. */
  VERIFICATION_QUEUE_LIMIT: z.coerce.number().int().min(1).default(64),
};
