import { baseEnv, grpcTarget, loadConfig } from '@viernes/platform';
import { z } from 'zod';

export const Env = z.object({
  ...baseEnv,
  /** The video service's port for workers: `dns:///127.0.0.1:8404`. */
  VIDEO_ADDRESS: grpcTarget,
  /** A folder of this process alone; emptied at start. Holds sources and unfinished renditions. */
  SCRATCH_DIR: z.string().min(1),
  FFMPEG_PATH: z.string().min(1).default('ffmpeg'),
  FFPROBE_PATH: z.string().min(1).default('ffprobe'),
  /** Jobs at a time. */
  JOB_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(1),
  /** Threads of each ffmpeg; 0 lets it take one a core. */
  FFMPEG_THREADS: z.coerce.number().int().min(0).max(128).default(0),
  /** One ffmpeg takes no longer. Less than video's JOB_URL_TTL_SECONDS, after which its result could not be stored. */
  JOB_TIMEOUT_SECONDS: z.coerce
    .number()
    .int()
    .min(60)
    .default(5 * 60 * 60),
  /** Address space of ffmpeg, in MiB; a reserve of 256 for each core comes on top. Fit it to the pod's limit. */
  FFMPEG_MEMORY_MIB: z.coerce.number().int().min(512).default(4096),
  /** Where ffmpeg and ffprobe are looked for; the only variable that they get. */
  PATH: z.string().min(1).default('/usr/local/bin:/usr/bin:/bin'),
});

export type TranscoderConfig = Readonly<z.infer<typeof Env>>;

/** Injects the settings. */
export const CONFIG = Symbol('TranscoderConfig');

/** @throws Error that lists every fault of the settings */
export function readConfig(env: NodeJS.ProcessEnv): TranscoderConfig {
  return loadConfig(Env, env);
}
