import { z } from 'zod';

const text = z.string().min(1);
const appProcess = z.object({ pid: z.int().positive(), metricsUrl: z.url() });

const processCommand = z.object({
  name: text,
  command: text,
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()),
  cwd: text,
});
const mode = z.object({ edgeUrl: z.url(), processes: z.array(processCommand) });
const platformCopies = z.object({ microservices: mode, monolith: mode, videoReplicas: z.array(processCommand) });

const BenchSettings = z.object({
  EDGE_URL: z.url({ protocol: /^https?$/ }),
  /** The URL of the edge's port for gRPC clients. */
  GRPC_URL: z.url({ protocol: /^http$/ }),
  EDITOR_EMAIL: text,
  EDITOR_PASSWORD: text,
  POSTGRES_URL: text,
  CATALOG_DATABASE_URL: text,
  /** gRPC target. */
  CATALOG_ADDRESS: text,
  USER_DATABASE_URL: text,
  VIDEO_DATABASE_URL: text,
  /** gRPC target. */
  VIDEO_ADDRESS: text,
  VALKEY_URL: text,
  KAFKA_BROKERS: text.transform((brokers) => brokers.split(',')),
  /** JSON: process ID and metrics URL of each app by name, for CPU time, memory, and counters. */
  PLATFORM_PROCESSES: text.transform((json) => z.record(z.string(), appProcess).parse(JSON.parse(json))),
  /** JSON: commands that start the edge and the services in both modes, and replicas of video, on these databases. */
  PLATFORM_COPIES: text.transform((json) => platformCopies.parse(JSON.parse(json))),
  FFMPEG_PATH: text.default('ffmpeg'),
  FFPROBE_PATH: text.default('ffprobe'),
  BROWSER_PATH: text.optional(),
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
