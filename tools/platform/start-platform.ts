import { join } from 'node:path';
import { RunLedger } from '../processes/run-ledger.ts';
import { SupervisedProcess, type ProcessStatus } from '../processes/supervised-process.ts';
import { APP_NAMES, appProcess, type AppName, type AppOptions } from './app-processes.ts';

export interface PlatformOptions extends AppOptions {
  readonly onChange?: (status: ProcessStatus) => void;
}

/** The five processes, kept running. */
export interface Platform {
  readonly edgeUrl: string;
  readonly processes: ReadonlyMap<string, SupervisedProcess>;
  whenReady(): Promise<void>;
  /** The front door first, then the worker beside it, then what they call. */
  stop(): Promise<void>;
}

const STOP_GROUPS: readonly (readonly AppName[])[] = [
  ['edge', 'transcoder'],
  ['catalog', 'user', 'video'],
];

/** Starts all five at once: each waits by itself for what it needs. They must be built. */
export function startPlatform(options: PlatformOptions): Platform {
  const ledger = new RunLedger(join(options.home, 'run'));
  const processes = new Map(
    APP_NAMES.map((name) => [
      name as string,
      new SupervisedProcess(appProcess(name, options), ledger, options.onChange ?? (() => undefined)),
    ]),
  );
  for (const process of processes.values()) process.start();
  return {
    edgeUrl: `http://127.0.0.1:${options.ports.EDGE_PORT}`,
    processes,
    async whenReady() {
      await Promise.all([...processes.values()].map((process) => process.whenReady()));
    },
    async stop() {
      for (const group of STOP_GROUPS) await Promise.all(group.map((name) => processes.get(name)?.stop()));
    },
  };
}
