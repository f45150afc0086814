// Starts a separate platform on free ports and runs apps/bench against it: npm run bench -- --help.
import { execa } from 'execa';
import { join } from 'node:path';
import { INSTALL_FLAG } from '../backing/native/system-packages.ts';
import { startBackingServices } from '../backing/start-backing-services.ts';
import { APP_NAMES, toAppProcess, type AppName, type AppOptions } from '../platform/app-processes.ts';
import { startPlatform, type Platform } from '../platform/start-platform.ts';
import { freePorts, type Ports } from '../settings.ts';
import { onSignals } from '../start/signals.ts';
import { createTestStateDir, dropStateDir } from '../test/test-state-dir.ts';
import { WORKSPACE } from '../workspace.ts';
import { createBenchDatabases } from './databases.ts';
import { requireWrk } from './wrk.ts';

const EDITOR = { email: 'bench@viernes.example', password: 'bench-of-the-platform' };
/** Higher than the load: the benchmark measures the platform with all its policies, but not 429. */
const RATE_LIMITS = Object.fromEntries(
  ['GENERAL', 'SIGN_IN', 'SIGN_IN_PER_IP', 'SIGN_UP_PER_IP'].map((name) => [
    `RATE_LIMIT_${name}_PER_MINUTE`,
    '1000000000',
  ]),
);

const stopping = new AbortController();
onSignals(
  () => stopping.abort(),
  () => process.exit(130),
);
const args = process.argv.slice(2).filter((arg) => arg !== INSTALL_FLAG);
process.exitCode = args.some((arg) => arg === '--help' || arg === '-h')
  ? await runBenches({})
  : await measurePlatform();

async function measurePlatform(): Promise<number> {
  const onProgress = (name: string, text: string) => console.log(`${name.padEnd(11)} ${text}`);
  await requireWrk((text) => onProgress('wrk', text));
  await using cleanup = new AsyncDisposableStack();
  const stateDir = await createTestStateDir();
  cleanup.defer(() => dropStateDir(stateDir));
  const ports = await freePorts();
  const backing = await startBackingServices({ stateDir, ports, onProgress });
  cleanup.defer(() => backing.stop());
  const databases = await createBenchDatabases(backing.env['POSTGRES_URL'] ?? '');
  cleanup.defer(databases.drop);
  // Another database of the same Valkey, because the load would use up the rate limits of a running platform.
  const valkeyUrl = new URL('/1', backing.env['VALKEY_URL']).href;
  const edge = { ...RATE_LIMITS, VALKEY_URL: valkeyUrl };
  const overrides = {
    ...databases.overrides,
    edge,
    monolith: {
      ...edge,
      CATALOG_DATABASE_URL: databases.overrides.catalog.DATABASE_URL,
      USER_DATABASE_URL: databases.overrides.user.DATABASE_URL,
      VIDEO_DATABASE_URL: databases.overrides.video.DATABASE_URL,
    },
  };
  const platform = startPlatform({ env: backing.env, ports, stateDir, editor: EDITOR, overrides });
  cleanup.defer(() => platform.stop());
  await platform.whenReady();
  return await runBenches({
    ...backing.env,
    EDGE_URL: platform.edgeUrl,
    EDITOR_EMAIL: EDITOR.email,
    EDITOR_PASSWORD: EDITOR.password,
    CATALOG_DATABASE_URL: databases.overrides.catalog.DATABASE_URL,
    CATALOG_ADDRESS: `dns:///127.0.0.1:${ports.CATALOG_PORT}`,
    PLATFORM_PROCESSES: JSON.stringify(describeProcesses(platform, ports)),
    PLATFORM_MODES: JSON.stringify(await describeModes({ env: backing.env, stateDir, editor: EDITOR, overrides })),
    BENCH_REPORT: join(WORKSPACE, 'bench-report.json'),
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
  });
}

/** @returns the exit code */
async function runBenches(env: Readonly<Record<string, string>>): Promise<number> {
  const { exitCode } = await execa(
    process.execPath,
    ['--disable-warning=TimeoutNegativeWarning', 'apps/bench/dist/main.js', ...args],
    {
      ...{ cwd: WORKSPACE, stdio: 'inherit', reject: false, env },
      cancelSignal: stopping.signal,
    },
  );
  return exitCode ?? 130;
}

/** How to start further copies of the platform on the same databases, in both modes. */
async function describeModes(options: Omit<AppOptions, 'ports'>) {
  const describe = async (names: readonly AppName[]) => {
    const ports = await freePorts();
    const processes = names.map((name) => {
      const { command, args, env, cwd } = toAppProcess(name, { ...options, ports });
      return { name, command, args, env, cwd };
    });
    return { edgeUrl: `http://127.0.0.1:${ports.EDGE_PORT}`, processes };
  };
  return {
    microservices: await describe(APP_NAMES.filter((name) => name !== 'transcoder')),
    monolith: await describe(['monolith']),
  };
}

function describeProcesses({ processes }: Platform, ports: Ports) {
  const healthPorts: Readonly<Record<string, number>> = {
    edge: ports.EDGE_HEALTH_PORT,
    catalog: ports.CATALOG_HEALTH_PORT,
    user: ports.USER_HEALTH_PORT,
    video: ports.VIDEO_HEALTH_PORT,
    transcoder: ports.TRANSCODER_HEALTH_PORT,
  };
  const entries = [...processes].map(([name, { status }]) => [
    name,
    { pid: status.pid, metricsUrl: `http://127.0.0.1:${healthPorts[name]}/metrics` },
  ]);
  return Object.fromEntries(entries) as Record<string, { pid: number; metricsUrl: string }>;
}
