import { z } from 'zod';

export const encodeEnv = {
  /** Threads of each decoder, filter graph and encoder of an ffmpeg process. 0 selects ffmpeg's default, which depends on the number of cores. */
  FFMPEG_THREADS: z.coerce.number().int().min(0).max(128).default(0),
  /**
   * Maximum duration of one ffmpeg run. Set it to less than video's JOB_URL_TTL_SECONDS, so that the upload rarely needs a
   * new URL. Short sources have a shorter limit.
   */
  JOB_TIMEOUT_SECONDS: z.coerce
    .number()
    .int()
    .min(60)
    .default(5 * 60 * 60),
};

export type EncodeConfig = Readonly<z.infer<z.ZodObject<typeof encodeEnv>>>;

/** Injects the EncodeConfig. */
export const ENCODE_CONFIG = Symbol('EncodeConfig');
