import { readFile, readdir, readlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { meterCpu, type ListPids } from '../processes/cpu-meter.js';
import { getProcess, type Platform } from '../run/platform.js';
import type { ProcessName } from './constants.js';
import { mapProcesses, type Sample } from './cpu-samples.js';

export interface PlatformCpu {
  /**
   * Measures the CPU time of all processes while `work` runs and its events are processed, and then that of the idle
   * platform: periodic tasks, polls, and the consumers of Kafka.
   *
   * @param work returns the number of requests
   */
  readonly measure: (work: () => Promise<number>) => Promise<Sample>;
  readonly stop: () => Promise<void>;
}

const IDLE_SECONDS = 3;
/** Time in which consumers process the events of heartbeats and sessions. */
export const SETTLE_MS = 1_500;
/** The state of a socket in `/proc/net/tcp`. */
const LISTENING = '0A';

export async function createPlatformCpu(platform: Platform): Promise<PlatformCpu> {
  const client = new pg.Client({ connectionString: platform.postgresUrl });
  await client.connect();
  // The databases of all services. Other databases of the server are not measured.
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
      // NULL: the processes of the server itself.
      const { rows } = await client.query<{ pid: number }>(
        'SELECT pid FROM pg_stat_activity WHERE datname IS NULL OR datname LIKE $1',
        [databases],
      );
      return rows.map(({ pid }) => pid);
    },
    kafka: () => kafka,
    valkey: () => valkey,
  };
  return {
    measure: async (work) => {
      const startedAt = performance.now();
      const { result: count, cpuSeconds } = await meterCpu(groups, async () => {
        const requests = await work();
        await sleep(SETTLE_MS);
        return requests;
      });
      const seconds = (performance.now() - startedAt) / 1000;
      const idle = await meterCpu(groups, () => sleep(IDLE_SECONDS * 1000));
      const idleCores = mapProcesses((name) => idle.cpuSeconds[name] / IDLE_SECONDS);
      return { count, seconds, cpuSeconds, idleCores };
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
