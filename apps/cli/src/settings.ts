import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** A wrong command line or setting: exit code 2. */
export class UsageError extends Error {}

const edge = {
  EDGE_URL: z.url({ protocol: /^https?$/ }),
  EDITOR_EMAIL: z.string().min(1),
  EDITOR_PASSWORD: z.string().min(1),
};

const FFMPEG_PATH = z.string().min(1).default('ffmpeg');
const seconds = (fallback: number) => z.coerce.number().int().min(1).max(86_400).default(fallback);

export const DeadLetterSettings = z.object(edge);

export const SeedSettings = z.object({
  ...edge,
  FFMPEG_PATH,
  /** A writable folder for video files until they are uploaded. */
  SEED_DIR: z.string().min(1).default(join(tmpdir(), 'seed')),
  /** How long one request is retried. */
  WAIT_SECONDS: seconds(300),
});

export const ImportSettings = z.object({
  ...edge,
  /** Contains how far interrupted imports have come. */
  IMPORT_STATE_DIR: z.string().min(1).default(join(tmpdir(), 'viernes-import')),
  WAIT_SECONDS: seconds(300),
});

export const ExportSettings = z.object({ ...edge, WAIT_SECONDS: seconds(300) });

export const SmokeTestSettings = z.object({
  ...edge,
  FFMPEG_PATH,
  /** A video file to upload instead of a generated one. */
  SMOKE_TEST_VIDEO: z.string().min(1).optional(),
  /** For all steps together. */
  SMOKE_TEST_TIMEOUT_SECONDS: seconds(240),
});

/** @throws UsageError that lists all invalid settings, without their values */
export function readSettings<Settings extends z.ZodType>(schema: Settings, env: NodeJS.ProcessEnv): z.infer<Settings> {
  // An empty variable counts as unset, because charts render omitted values as empty strings.
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return `  ${name}: ${name in present ? message : 'not set'}`;
  });
  throw new UsageError(`Invalid settings:\n${errors.join('\n')}`);
}
