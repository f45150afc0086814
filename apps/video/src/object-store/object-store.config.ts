import { z } from 'zod';

const httpUrl = z.url({ protocol: /^https?$/ });

export const objectStoreEnv = {
  S3_ENDPOINT: httpUrl,
  /** URL of object storage for browsers. Without it, media and parts pass through the edge. */
  S3_PUBLIC_ENDPOINT: httpUrl.optional(),
  S3_REGION: z.string().min(1),
  S3_ACCESS_KEY_ID: z.string().min(1),
  S3_SECRET_ACCESS_KEY: z.string().min(1),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, 'must be a bucket name')
    .default('viernes'),
};

export type ObjectStoreConfig = Readonly<z.infer<z.ZodObject<typeof objectStoreEnv>>>;
