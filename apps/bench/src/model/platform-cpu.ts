import { readFile, readdir } from 'node:fs/promises';
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

/** Measures the idle platform first: periodic tasks, polls, and the consumers of Kafka. */
export async function createPlatformCpu(platform: Platform): Promise<PlatformCpu> {
  const client = new pg.Client({ connectionString: platform.postgresUrl });
  await client.connect();
  // All services, and the processes of the server itself. Other databases of the server are not measured.
  const databases = new URL(platform.catalogDatabaseUrl).pathname.slice(1).replace(/catalog$/, '%');
  const app = (name: string): ListPids => {
    const { pid } = getProcess(platform, name);
    return () => [pid];
  };
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
    kafka: () => listPidsByCommand(/\bkafka\.Kafka\b/),
    valkey: () => listPidsByCommand(/^\S*(valkey|redis)-server\b/),
  };
  const idle = await meterCpu(groups, () => sleep(IDLE_SECONDS * 1000));
  return {
    measure: async (work) => {
      const startedAt = performance.now();
      const { result, cpuSeconds } = await meterCpu(groups, work);
      const share = (performance.now() - startedAt) / 1000 / IDLE_SECONDS;
      const entries = PROCESSES.map((name) => [name, Math.max(0, cpuSeconds[name] - share * idle.cpuSeconds[name])]);
      return { result, cpuSeconds: Object.fromEntries(entries) as Record<ProcessName, number> };
    },
    stop: () => client.end(),
  };
}

/** Returns the processes of this machine whose command line matches. */
async function listPidsByCommand(pattern: RegExp): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const matches = pids.map(async (pid) => {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return pattern.test(command.replaceAll('\0', ' ')) ? [Number(pid)] : [];
  });
  return (await Promise.all(matches)).flat();
}
