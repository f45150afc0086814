import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const edge = {
  EDGE_URL: z.url({ protocol: /^https?$/ }),
  EDITOR_EMAIL: z.string().min(1),
  EDITOR_PASSWORD: z.string().min(1),
  FFMPEG_PATH: z.string().min(1).default('ffmpeg'),
};

const seconds = (fallback: number) => z.coerce.number().int().min(1).max(86_400).default(fallback);

export const SeedEnv = z.object({
  ...edge,
  /** A folder that may be written: films lie there until they are sent. */
  SEED_DIR: z.string().min(1).default(join(tmpdir(), 'seed')),
  /** How long one request is repeated while the edge is away or busy. */
  WAIT_SECONDS: seconds(300),
});

export const SmokeTestEnv = z.object({
  ...edge,
  /** A film to send; absent: one is drawn. */
  CHECK_FILM: z.string().min(1).optional(),
  /** For all steps together. */
  SMOKE_TEST_TIMEOUT_SECONDS: seconds(240),
});

export type SeedConfig = Readonly<z.infer<typeof SeedEnv>>;
export type SmokeTestConfig = Readonly<z.infer<typeof SmokeTestEnv>>;

/** @throws Error that lists every fault of the settings, without their values */
export function readConfig<Schema extends z.ZodType>(schema: Schema, env: NodeJS.ProcessEnv): z.infer<Schema> {
  // A variable that is set to nothing is not set: charts write what is left out that way.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return `  ${name}: ${name in given ? message : 'is not set'}`;
  });
  throw new Error(`Bad configuration\n${faults.join('\n')}`);
}
