import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { databaseUrl } from '../backing/databases.ts';
import { httpOk } from '../processes/probes.ts';
import type { ProcessSpec } from '../processes/supervised-process.ts';
import type { Ports } from '../settings.ts';
import { WORKSPACE } from '../workspace.ts';

/** In the order of a request, the front door first: the order of stopping. */
export const APP_NAMES = ['edge', 'transcoder', 'catalog', 'user', 'video'] as const;
export type AppName = (typeof APP_NAMES)[number];

export interface Editor {
  readonly email: string;
  readonly password: string;
}

export interface AppOptions {
  /** Of the backing services, as planBackingServices gives them. */
  readonly env: Readonly<Record<string, string>>;
  readonly ports: Ports;
  readonly home: string;
  readonly editor: Editor;
  /** Settings of single apps on top, for tests. */
  readonly overrides?: Partial<Record<AppName, Readonly<Record<string, string>>>>;
}

// Half of a Node process at rest is room for garbage of the young: less of it keeps each under 150 MB. Under load V8 lets the
// old grow to three times what lives before it looks; at half as much again each stays 90 MB smaller, for a tenth to a
// sixth more processor time. No hard limit: a process that needs more gets it.
export const NODE_FLAGS = [
  '--max-semi-space-size=2',
  '--heap-growing-percent=50',
  '--disable-warning=TimeoutNegativeWarning',
  '--enable-source-maps',
];

/** What each app is told: the environment contract of the five processes, on loopback. */
export function appEnvironment(name: AppName, { env, ports, home, editor }: AppOptions): Record<string, string> {
  const grpc = (port: number) => `127.0.0.1:${port}`;
  const target = (port: number) => `dns:///127.0.0.1:${port}`;
  const ownDatabase = {
    DATABASE_URL: databaseUrl(env['POSTGRES_URL'] ?? '', `viernes_${name}`),
    KAFKA_BROKERS: env['KAFKA_BROKERS'] ?? '',
  };
  switch (name) {
    case 'catalog':
      return {
        ...ownDatabase,
        GRPC_ADDRESS: grpc(ports.CATALOG_PORT),
        HEALTH_ADDRESS: grpc(ports.CATALOG_HEALTH_PORT),
      };
    case 'user':
      return {
        ...ownDatabase,
        GRPC_ADDRESS: grpc(ports.USER_PORT),
        HEALTH_ADDRESS: grpc(ports.USER_HEALTH_PORT),
        EDITOR_EMAIL: editor.email,
        EDITOR_PASSWORD: editor.password,
      };
    case 'video':
      return {
        ...ownDatabase,
        GRPC_ADDRESS: grpc(ports.VIDEO_PORT),
        WORKER_GRPC_ADDRESS: grpc(ports.VIDEO_WORKER_PORT),
        HEALTH_ADDRESS: grpc(ports.VIDEO_HEALTH_PORT),
        S3_ENDPOINT: env['S3_ENDPOINT'] ?? '',
        S3_PUBLIC_ENDPOINT: env['S3_ENDPOINT'] ?? '',
        S3_REGION: env['S3_REGION'] ?? '',
        S3_ACCESS_KEY_ID: env['S3_ACCESS_KEY_ID'] ?? '',
        S3_SECRET_ACCESS_KEY: env['S3_SECRET_ACCESS_KEY'] ?? '',
        S3_BUCKET: 'viernes',
      };
    case 'transcoder':
      return {
        HEALTH_ADDRESS: grpc(ports.TRANSCODER_HEALTH_PORT),
        VIDEO_ADDRESS: target(ports.VIDEO_WORKER_PORT),
        SCRATCH_DIR: join(home, 'scratch'),
        FFMPEG_PATH: env['FFMPEG_PATH'] ?? 'ffmpeg',
        FFPROBE_PATH: env['FFPROBE_PATH'] ?? 'ffprobe',
      };
    case 'edge':
      return {
        HTTP_ADDRESS: grpc(ports.EDGE_PORT),
        HEALTH_ADDRESS: grpc(ports.EDGE_HEALTH_PORT),
        CATALOG_ADDRESS: target(ports.CATALOG_PORT),
        USER_ADDRESS: target(ports.USER_PORT),
        VIDEO_ADDRESS: target(ports.VIDEO_PORT),
        VALKEY_URL: env['VALKEY_URL'] ?? '',
        WEB_ROOT: join(WORKSPACE, 'apps', 'web', 'dist'),
        MEDIA_ORIGINS: env['S3_ENDPOINT'] ?? '',
      };
  }
}

/** How to run one app, built before. Nothing of this process's own environment but PATH reaches it. */
export function appProcess(name: AppName, options: AppOptions): ProcessSpec {
  const env = appEnvironment(name, options);
  if (name === 'transcoder') mkdirSync(join(options.home, 'scratch'), { recursive: true });
  return {
    name,
    command: process.execPath,
    args: [...NODE_FLAGS, join(WORKSPACE, 'apps', name, 'dist', 'main.js')],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
      KAFKAJS_NO_PARTITIONER_WARNING: '1',
      // Without it glibc keeps an arena of memory for each thread, and gives none of it back.
      MALLOC_ARENA_MAX: '2',
      ...env,
      ...options.overrides?.[name],
    },
    cwd: WORKSPACE,
    logFile: join(options.home, 'logs', `${name}.log`),
    isReady: () => httpOk(`http://${env['HEALTH_ADDRESS']}/readyz`),
    stopWithinMs: 3000,
  };
}
