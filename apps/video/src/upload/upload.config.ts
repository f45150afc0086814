import { z } from 'zod';

const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;

export const uploadEnv = {
  /** Maximum size of a source. 5 GiB is also the limit of one PUT request, which uploads a rendition. */
  UPLOAD_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(5 * GIBIBYTE),
  /** Size of a part. Larger if a file would have more than 1000 parts. S3 requires at least 5 MiB. */
  UPLOAD_PART_BYTES: z.coerce
    .number()
    .int()
    .min(5 * MEBIBYTE)
    .max(GIBIBYTE)
    .default(8 * MEBIBYTE),
  /** Time until an open upload expires. At most one day, because MinIO deletes older parts automatically. */
  UPLOAD_TTL_SECONDS: z.coerce.number().int().min(60).max(86_400).default(43_200),
  /** Maximum number of open uploads per account. */
  MAX_OPEN_UPLOADS: z.coerce.number().int().min(1).default(10),
  /** Lifetime of the URL or token of a part. */
  PART_URL_TTL_SECONDS: z.coerce.number().int().min(60).max(604_800).default(3_600),
  /** Uploads that one process verifies concurrently. Each streams its object through a hash. */
  VERIFICATION_CONCURRENCY: z.coerce.number().int().min(1).default(4),
  /** Uploads that one process verifies or queues for verification. Further ones fail with OVERLOADED. */
  VERIFICATION_QUEUE_LIMIT: z.coerce.number().int().min(1).default(64),
};

export type UploadConfig = Readonly<z.infer<z.ZodObject<typeof uploadEnv>>>;

/** Injects the UploadConfig. */
export const UPLOAD_CONFIG = Symbol('UploadConfig');
