import { z } from 'zod';

export const sandboxEnv = {
  /** Working folder of this process only. Contains sources and unfinished renditions, which are deleted at startup. */
  SCRATCH_DIR: z.string().min(1),
  FFMPEG_PATH: z.string().min(1).default('ffmpeg'),
  FFPROBE_PATH: z.string().min(1).default('ffprobe'),
  /** Address space of each ffmpeg in MiB, plus a reserve of 256 MiB per core. Fit it to the pod's memory limit. */
  FFMPEG_MEMORY_MIB: z.coerce.number().int().min(512).default(4096),
  /** Search path for ffmpeg and ffprobe, and the only variable that they inherit. */
  PATH: z.string().min(1).default('/usr/local/bin:/usr/bin:/bin'),
};

export type SandboxConfig = Readonly<z.infer<z.ZodObject<typeof sandboxEnv>>>;

/** Injects the SandboxConfig. */
export const SANDBOX_CONFIG = Symbol('SandboxConfig');
