import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { toDatabaseUrl } from '../backing/databases.ts';
import { httpStatus } from '../processes/probes.ts';
import type { ProcessSpec } from '../processes/supervised-process.ts';
import type { Environment, Ports } from '../settings.ts';
import { WORKSPACE } from '../workspace.ts';

/** Callers before the services that they call. */
export const APP_NAMES = ['edge', 'transcoder', 'catalog', 'user', 'video'] as const;
/** The same platform with the edge and the services in one process. */
export const MONOLITH_NAMES = ['monolith', 'transcoder'] as const;
export type AppName = (typeof APP_NAMES)[number] | (typeof MONOLITH_NAMES)[number];

export interface AppOptions {
  /** Variables of the backing services, from planBackingServices. */
  readonly env: Environment;
  readonly ports: Ports;
  readonly stateDir: string;
  readonly editor: { readonly email: string; readonly password: string };
  /** Default: `viernes_`. */
  readonly databasePrefix?: string;
  /** Additional settings of single apps, for tests. */
  readonly overrides?: Partial<Record<AppName, Environment>>;
  /** Another program with the settings of the transcoder. Default: `apps/transcoder`. */
  readonly transcoderPath?: string;
  /** For the names of processes and logs, if another platform has the same state folder. */
  readonly prefix?: string;
}

const HIGH_PLAN = { rate: 1e9, burst: 1e9 };

/** Plans with limits that benchmarks and tests do not reach, although they send all requests from one IP address. */
export const HIGH_PLANS = { anonymous: HIGH_PLAN, account: HIGH_PLAN, partner: HIGH_PLAN };

/** Settings of the edge with limits of sign-ins and sign-ups that benchmarks and tests do not reach. */
export const HIGH_SIGN_IN_LIMITS: Environment = Object.fromEntries(
  ['SIGN_IN', 'SIGN_IN_PER_IP', 'SIGN_UP_PER_IP'].map((name) => [`RATE_LIMIT_${name}_PER_MINUTE`, '1000000000']),
);

/** Settings of the edge with these plans and limits. */
export const HIGH_RATE_LIMITS: Environment = { ...HIGH_SIGN_IN_LIMITS, PLANS: JSON.stringify(HIGH_PLANS) };

/** Processes that serve every page. */
const BUSY_APPS: readonly AppName[] = ['edge', 'catalog', 'monolith'];

/** The account that changes roles. Its password is that of the editor. */
export const ADMIN_EMAIL = 'admin@viernes.example';

/** The folder in which the user service stores mails. */
export const toMailDir = (stateDir: string): string => join(stateDir, 'mails');

/**
 * Returns the flags of Node.js. By default, half of the memory of an idle process is space for new objects. With a space
 * of 2 MiB, a process uses less than 150 MB. Busy processes have 8 MiB. Under load, V8 lets the old generation grow to
 * three times the live data before it collects garbage. A growth of 50 % saves more than 50 MB per process. It is not a
 * hard limit. New objects never start in the old generation, because most of them live no longer than one request
 * (decision 39).
 */
export function toNodeFlags(name: AppName | 'cli'): readonly string[] {
  const isBusy = BUSY_APPS.some((busy) => busy === name);
  const heap = [`--max-semi-space-size=${isBusy ? 8 : 2}`, '--heap-growing-percent=50'];
  return [...heap, '--no-allocation-site-pretenuring', '--enable-source-maps'];
}

/** Loaded before each app. Images do not need it, because they contain no source maps of packages. */
const SOURCE_MAPS = join(WORKSPACE, 'tools', 'platform', 'source-maps.mjs');

/** Settings of the apps that have no effect in the monolith, or another name there. */
const REPLACED = ['DATABASE_URL', 'GRPC_ADDRESS', 'CATALOG_ADDRESS', 'USER_ADDRESS', 'VIDEO_ADDRESS'];

/** Returns the settings of an app that listens on loopback. */
export function toAppEnvironment(name: AppName, options: AppOptions): Environment {
  const { env, ports, stateDir, editor, databasePrefix = 'viernes_' } = options;
  const listen = (port: number) => `127.0.0.1:${port}`;
  const target = (port: number) => `dns:///127.0.0.1:${port}`;
  const databaseUrl = (service: string) => toDatabaseUrl(env['POSTGRES_URL'] ?? '', databasePrefix + service);
  const pick = (...names: string[]) => Object.fromEntries(names.map((key) => [key, env[key] ?? '']));
  const given = (key: string) => (process.env[key] ? { [key]: process.env[key] } : {});
  const service = (port: number, healthPort: number) => ({
    DATABASE_URL: databaseUrl(name),
    ...pick('KAFKA_BROKERS'),
    GRPC_ADDRESS: listen(port),
    HEALTH_ADDRESS: listen(healthPort),
  });
  switch (name) {
    case 'catalog':
      return {
        ...service(ports.CATALOG_PORT, ports.CATALOG_HEALTH_PORT),
        ...given('DATABASE_REPLICA_URL'),
        WEBHOOKS_ENABLED: 'true',
        // Allows receivers of webhooks on this machine.
        WEBHOOK_ALLOWED_ADDRESSES: '127.0.0.0/8,::1',
      };
    case 'user':
      return {
        ...service(ports.USER_PORT, ports.USER_HEALTH_PORT),
        EDITOR_EMAIL: editor.email,
        EDITOR_PASSWORD: editor.password,
        ADMIN_EMAIL,
        ADMIN_PASSWORD: editor.password,
        WEB_URL: `http://127.0.0.1:${ports.EDGE_PORT}`,
        MAIL_TRANSPORT: 'file',
        MAIL_DIR: toMailDir(stateDir),
        ...given('OIDC_PROVIDERS'),
      };
    case 'video':
      return {
        ...service(ports.VIDEO_PORT, ports.VIDEO_HEALTH_PORT),
        WORKER_GRPC_ADDRESS: listen(ports.VIDEO_WORKER_PORT),
        ...pick('S3_ENDPOINT', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'),
        S3_PUBLIC_ENDPOINT: env['S3_ENDPOINT'] ?? '',
        S3_BUCKET: 'viernes',
      };
    case 'transcoder':
      return {
        HEALTH_ADDRESS: listen(ports.TRANSCODER_HEALTH_PORT),
        VIDEO_ADDRESS: target(ports.VIDEO_WORKER_PORT),
        SCRATCH_DIR: join(stateDir, 'scratch'),
        ...pick('FFMPEG_PATH', 'FFPROBE_PATH'),
      };
    case 'edge':
      return {
        HTTP_ADDRESS: listen(ports.EDGE_PORT),
        PUBLIC_GRPC_ADDRESS: listen(ports.EDGE_GRPC_PORT),
        HEALTH_ADDRESS: listen(ports.EDGE_HEALTH_PORT),
        CATALOG_ADDRESS: target(ports.CATALOG_PORT),
        USER_ADDRESS: target(ports.USER_PORT),
        VIDEO_ADDRESS: target(ports.VIDEO_PORT),
        ...pick('VALKEY_URL', 'KAFKA_BROKERS'),
        WEB_ROOT: join(WORKSPACE, 'apps', 'web', 'dist'),
        MEDIA_ORIGINS: env['S3_ENDPOINT'] ?? '',
      };
    case 'monolith': {
      const apps = (['catalog', 'user', 'video', 'edge'] as const).map((app) => toAppEnvironment(app, options));
      return {
        ...Object.fromEntries(apps.flatMap((app) => Object.entries(app).filter(([key]) => !REPLACED.includes(key)))),
        CATALOG_DATABASE_URL: databaseUrl('catalog'),
        USER_DATABASE_URL: databaseUrl('user'),
        VIDEO_DATABASE_URL: databaseUrl('video'),
      };
    }
  }
}

/** Returns the process of a built app. The app does not inherit the environment of this process. */
export function toAppProcess(name: AppName, options: AppOptions): ProcessSpec {
  const env = toAppEnvironment(name, options);
  const processName = `${options.prefix ?? ''}${name}`;
  if (name === 'transcoder') mkdirSync(join(options.stateDir, 'scratch'), { recursive: true });
  const main = join(WORKSPACE, 'apps', name, 'dist', 'main.js');
  const replacement = name === 'transcoder' ? options.transcoderPath : undefined;
  return {
    name: processName,
    command: replacement ?? process.execPath,
    args: replacement ? [] : [...toNodeFlags(name), `--import=${SOURCE_MAPS}`, main],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
      KAFKAJS_NO_PARTITIONER_WARNING: '1',
      // By default, glibc keeps a memory arena for each thread and does not return it.
      MALLOC_ARENA_MAX: '2',
      ...env,
      ...options.overrides?.[name],
    },
    cwd: WORKSPACE,
    logFile: join(options.stateDir, 'logs', `${processName}.log`),
    isReady: async () => (await httpStatus(`http://${env['HEALTH_ADDRESS']}/readyz`)) === 200,
    graceMs: 3000,
  };
}
