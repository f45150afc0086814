import type { Settings } from './settings.js';

/** A running app of the platform. */
export interface AppProcess {
  readonly pid: number;
  /** Prometheus text format. */
  readonly metricsUrl: string;
}

/** The running platform that is measured, and its backing services. */
export interface Platform {
  readonly edgeUrl: string;
  readonly grpcUrl: string;
  readonly editor: { readonly email: string; readonly password: string };
  readonly processes: Settings['PLATFORM_PROCESSES'];
  /** The commands that start further copies of the edge and the services. */
  readonly copies: Settings['PLATFORM_COPIES'];
  readonly catalogDatabaseUrl: string;
  /** gRPC target. */
  readonly catalogAddress: string;
  readonly userDatabaseUrl: string;
  readonly videoDatabaseUrl: string;
  /** gRPC target. */
  readonly videoAddress: string;
  readonly postgresUrl: string;
  readonly valkeyUrl: string;
  readonly kafkaBrokers: readonly string[];
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  /** A video file to upload instead of a generated one. */
  readonly videoPath: string | undefined;
  /** For page loads instead of the browser that Lighthouse finds. */
  readonly browserPath: string | undefined;
}

export function toPlatform(settings: Settings): Platform {
  return {
    edgeUrl: settings.EDGE_URL,
    grpcUrl: settings.GRPC_URL,
    editor: { email: settings.EDITOR_EMAIL, password: settings.EDITOR_PASSWORD },
    processes: settings.PLATFORM_PROCESSES,
    copies: settings.PLATFORM_COPIES,
    catalogDatabaseUrl: settings.CATALOG_DATABASE_URL,
    catalogAddress: settings.CATALOG_ADDRESS,
    userDatabaseUrl: settings.USER_DATABASE_URL,
    videoDatabaseUrl: settings.VIDEO_DATABASE_URL,
    videoAddress: settings.VIDEO_ADDRESS,
    postgresUrl: settings.POSTGRES_URL,
    valkeyUrl: settings.VALKEY_URL,
    kafkaBrokers: settings.KAFKA_BROKERS,
    ffmpegPath: settings.FFMPEG_PATH,
    ffprobePath: settings.FFPROBE_PATH,
    videoPath: settings.FILM_PATH,
    browserPath: settings.BROWSER_PATH,
  };
}

/** @throws Error if the process was not named in PLATFORM_PROCESSES */
export function getProcess({ processes }: Platform, name: string): AppProcess {
  const found = processes[name];
  if (found === undefined) throw new Error(`PLATFORM_PROCESSES does not name ${name}.`);
  return found;
}
