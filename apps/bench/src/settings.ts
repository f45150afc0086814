import { z } from 'zod';

const text = z.string().min(1);

const BenchSettings = z.object({
  EDGE_URL: z.url({ protocol: /^https?$/ }),
  EDITOR_EMAIL: text,
  EDITOR_PASSWORD: text,
  POSTGRES_URL: text,
  KAFKA_BROKERS: text.transform((brokers) => brokers.split(',')),
  FFMPEG_PATH: text.default('ffmpeg'),
  FFPROBE_PATH: text.default('ffprobe'),
  /** A video file to upload instead of a generated one. */
  FILM_PATH: text.optional(),
  BENCH_REPORT: text.default('bench-report.json'),
});

export type Settings = Readonly<z.infer<typeof BenchSettings>>;

/** @throws Error that lists all invalid settings */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = BenchSettings.safeParse(present);
  if (!parsed.success) throw new Error(`Invalid settings:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
