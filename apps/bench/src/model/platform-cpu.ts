import { readFile, readdir, readlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { meterCpu, type ListPids } from '../processes/cpu-meter.js';
import { getProcess, type Platform } from '../run/platform.js';
import { PROCESSES, type ProcessName } from './constants.js';

export type CpuSeconds = Readonly<Record<ProcessName, number>>;

export interface PlatformCpu {
  /** CPU time above that of an idle platform, of all processes, while `work` runs. */
  readonly measure: <Result>(work: () => Promise<Result>) => Promise<{ result: Result; cpuSeconds: CpuSeconds }>;
  readonly stop: () => Promise<void>;
}

const IDLE_SECONDS = 5;
/** The state of a socket in `/proc/net/tcp`. */
const LISTENING = '0A';

/**
 * Measures the idle platform before and after each work: periodic tasks, polls, and the consumers of Kafka. Its CPU use
 * changes while caches fill and PostgreSQL cleans up after earlier work. Differences can be negative, so that errors
 * cancel out in sums.
 */
export async function createPlatformCpu(platform: Platform): Promise<PlatformCpu> {
  const client = new pg.Client({ connectionString: platform.postgresUrl });
  await client.connect();
  // All services, and the processes of the server itself. Other databases of the server are not measured.
  const databases = new URL(platform.catalogDatabaseUrl).pathname.slice(1).replace(/catalog$/, '%');
  const app = (name: string): ListPids => {
    const { pid } = getProcess(platform, name);
    return () => [pid];
  };
  const [kafka, valkey] = await Promise.all([
    listListeners(platform.kafkaBrokers[0] ?? ''),
    listListeners(platform.valkeyUrl),
  ]);
  const groups: Readonly<Record<ProcessName, ListPids>> = {
    edge: app('edge'),
    catalog: app('catalog'),
    user: app('user'),
    video: app('video'),
    postgres: async () => {
      const { rows } = await client.query<{ pid: number }>(
        'SELECT pid FROM pg_stat_activity WHERE datname IS NULL OR datname LIKE $1',
        [databases],
      );
      return rows.map(({ pid }) => pid);
    },
    kafka: () => kafka,
    valkey: () => valkey,
  };
  const meterIdle = async (): Promise<CpuSeconds> =>
    (await meterCpu(groups, () => sleep(IDLE_SECONDS * 1000))).cpuSeconds;
  let idleBefore = await meterIdle();
  return {
    measure: async (work) => {
      const startedAt = performance.now();
      const { result, cpuSeconds } = await meterCpu(groups, work);
      const seconds = (performance.now() - startedAt) / 1000;
      const idleAfter = await meterIdle();
      const entries = PROCESSES.map((name) => {
        const idleCores = (idleBefore[name] + idleAfter[name]) / (2 * IDLE_SECONDS);
        return [name, cpuSeconds[name] - seconds * idleCores];
      });
      idleBefore = idleAfter;
      return { result, cpuSeconds: Object.fromEntries(entries) as Record<ProcessName, number> };
    },
    stop: () => client.end(),
  };
}

/** Returns the processes of this machine that listen on the port of a URL or `host:port`. */
async function listListeners(address: string): Promise<readonly number[]> {
  const port = Number(/:(\d+)(?:\/.*)?$/.exec(address)?.[1]);
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const rows = tables.flatMap((table) => table.split('\n').map((row) => row.trim().split(/\s+/)));
  const sockets = rows.flatMap(([, local = '', , state, , , , , , inode]) =>
    state === LISTENING && Number.parseInt(local.split(':').at(-1) ?? '', 16) === port ? [`socket:[${inode}]`] : [],
  );
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const listening = pids.map(async (pid) => {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    const targets = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
    return targets.some((target) => sockets.includes(target)) ? [Number(pid)] : [];
  });
  return (await Promise.all(listening)).flat();
}
