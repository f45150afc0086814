import { join } from 'node:path';
import { PidRegistry } from '../processes/pid-registry.ts';
import { SupervisedProcess, type ProcessStatus } from '../processes/supervised-process.ts';
import { APP_NAMES, toAppProcess, toMailDir, type AppName, type AppOptions } from './app-processes.ts';

export interface PlatformOptions extends AppOptions {
  readonly onChange?: (status: ProcessStatus) => void;
  /** Default: {@link APP_NAMES}. */
  readonly apps?: readonly AppName[];
}

export type Platform = ReturnType<typeof startPlatform>;

/** Callers stop before the services that they call. */
const STOP_GROUPS: readonly (readonly AppName[])[] = [
  ['edge', 'transcoder'],
  ['catalog', 'user', 'video', 'monolith'],
];

/** Starts built apps concurrently. Each one waits for its dependencies. */
export function startPlatform(options: PlatformOptions) {
  const registry = new PidRegistry(join(options.stateDir, 'run'));
  const onChange = options.onChange ?? (() => undefined);
  const create = (name: AppName) => new SupervisedProcess(toAppProcess(name, options), registry, onChange);
  const processes = new Map<string, SupervisedProcess>((options.apps ?? APP_NAMES).map((name) => [name, create(name)]));
  for (const process of processes.values()) process.start();
  return {
    edgeUrl: `http://127.0.0.1:${options.ports.EDGE_PORT}`,
    mailDir: toMailDir(options.stateDir),
    processes,
    async whenReady(timeoutMs?: number) {
      await Promise.all([...processes.values()].map((process) => process.whenReady(timeoutMs)));
    },
    async stop() {
      for (const group of STOP_GROUPS) await Promise.all(group.map((name) => processes.get(name)?.stop()));
    },
  };
}
