// Starts a separate platform on free ports and runs apps/bench against it: npm run bench -- --help.
import { execa } from 'execa';
import { join } from 'node:path';
import { createDatabases, dropDatabases, toDatabaseUrl } from '../backing/databases.ts';
import { findOnPath } from '../backing/native/programs.ts';
import { INSTALL_FLAG, requireProgram } from '../backing/native/system-packages.ts';
import { startBackingServices } from '../backing/start-backing-services.ts';
import { APP_NAMES, HIGH_RATE_LIMITS, toAppProcess, type AppName, type AppOptions } from '../platform/app-processes.ts';
import { startPlatform, type Platform } from '../platform/start-platform.ts';
import { freePorts, type Environment } from '../settings.ts';
import { abortOnSignals } from '../start/signals.ts';
import { createTestStateDir, dropStateDir } from '../test/test-state-dir.ts';
import { WORKSPACE } from '../workspace.ts';

const EDITOR = { email: 'bench@viernes.example', password: 'bench-of-the-platform' };
const WRK = { name: 'wrk', debian: 'apt-get install wrk', macos: 'brew install wrk' };
const stopping = abortOnSignals();
const args = process.argv.slice(2).filter((arg) => arg !== INSTALL_FLAG);
process.exitCode = args.some((arg) => arg === '--help' || arg === '-h')
  ? await runBenches({})
  : await measurePlatform();

async function measurePlatform(): Promise<number> {
  const onProgress = (name: string, text: string) => console.log(`${name.padEnd(11)} ${text}`);
  await requireProgram(() => findOnPath('wrk'), WRK, console.log);
  await using cleanup = new AsyncDisposableStack();
  const stateDir = await createTestStateDir();
  cleanup.defer(() => dropStateDir(stateDir));
  const ports = await freePorts();
  // Benches read the CPU time of PostgreSQL from /proc, where processes of a container have other IDs.
  process.env['VIERNES_CONTAINERS'] = 'no';
  const backing = await startBackingServices({ stateDir, ports, onProgress });
  cleanup.defer(() => backing.stop());
  // Databases for this run only, because benches replace all titles of the catalog.
  const [postgresUrl = '', databasePrefix] = [backing.env['POSTGRES_URL'], `viernes_bench_${process.pid}_`];
  await createDatabases(postgresUrl, databasePrefix);
  cleanup.defer(() => dropDatabases(postgresUrl, databasePrefix));
  // Another database of the same Valkey, because the load would use up the rate limits of a running platform.
  const env = { ...backing.env, VALKEY_URL: new URL('/1', backing.env['VALKEY_URL']).href };
  const connections = { HTTP_MAX_CONNECTIONS_PER_IP: '10000', WEB_SOCKET_MAX_CONNECTIONS_PER_ACCOUNT: '10000' };
  const edge = { ...HIGH_RATE_LIMITS, ...connections, WEB_SOCKET_MESSAGES_PER_SECOND: '1000000' };
  // Benches have more playback sessions than they renew within a minute.
  const overrides = { edge, monolith: edge, video: { SESSION_TTL_SECONDS: '3600' } };
  const options = { env, stateDir, editor: EDITOR, databasePrefix, overrides };
  const platform = startPlatform({ ...options, ports });
  cleanup.defer(() => platform.stop());
  await platform.whenReady();
  const databaseUrl = (service: string) => toDatabaseUrl(postgresUrl, databasePrefix + service);
  return await runBenches({
    ...env,
    EDGE_URL: platform.edgeUrl,
    GRPC_URL: `http://127.0.0.1:${ports.EDGE_GRPC_PORT}`,
    EDITOR_EMAIL: EDITOR.email,
    EDITOR_PASSWORD: EDITOR.password,
    CATALOG_DATABASE_URL: databaseUrl('catalog'),
    USER_DATABASE_URL: databaseUrl('user'),
    VIDEO_DATABASE_URL: databaseUrl('video'),
    CATALOG_ADDRESS: `dns:///127.0.0.1:${ports.CATALOG_PORT}`,
    VIDEO_ADDRESS: `dns:///127.0.0.1:${ports.VIDEO_PORT}`,
    PLATFORM_PROCESSES: JSON.stringify(describeProcesses(platform, ports)),
    PLATFORM_COPIES: JSON.stringify(await describeCopies(options)),
    BENCH_REPORT: join(WORKSPACE, 'bench-report.json'),
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
  });
}

/** @returns the exit code */
async function runBenches(env: Environment): Promise<number> {
  const command = ['apps/bench/dist/main.js', ...args];
  const options = { cwd: WORKSPACE, env, stdio: 'inherit', reject: false, cancelSignal: stopping } as const;
  const { exitCode } = await execa(process.execPath, command, options);
  return exitCode ?? 130;
}

/** Returns the commands that start the platform in both modes, and replicas of video, on the same databases. */
async function describeCopies(options: Omit<AppOptions, 'ports'>) {
  const describe = async (names: readonly AppName[], prefix = '') => {
    const ports = await freePorts();
    const processes = names.map((app) => toAppProcess(app, { ...options, ports, prefix }));
    return { edgeUrl: `http://127.0.0.1:${ports.EDGE_PORT}`, processes };
  };
  const replicas = await Promise.all(['2-', '3-', '4-'].map((prefix) => describe(['video'], prefix)));
  return {
    microservices: await describe(APP_NAMES.filter((name) => name !== 'transcoder')),
    monolith: await describe(['monolith']),
    videoReplicas: replicas.flatMap(({ processes }) => processes),
  };
}

function describeProcesses({ processes }: Platform, ports: Readonly<Record<string, number>>) {
  const describe = (name: string) => ({
    pid: processes.get(name)?.status.pid,
    metricsUrl: `http://127.0.0.1:${ports[`${name.toUpperCase()}_HEALTH_PORT`]}/metrics`,
  });
  return Object.fromEntries([...processes.keys()].map((name) => [name, describe(name)]));
}
