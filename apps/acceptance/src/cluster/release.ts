import { cluster } from './cluster-config.js';
import { helm, tryHelm, type Outcome } from './command.js';

/** How long helm waits for pods before it calls an operation failed. */
const PATIENCE = '300s';

const STANDARD = ['--values', cluster.values];

function setFlags(values: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [
    typeof value === 'string' ? '--set-string' : '--set',
    `${name}=${String(value).replaceAll(',', String.raw`\,`)}`,
  ]);
}

export type Values = Readonly<Record<string, string | number | boolean>>;

/** What an operator does with a release, as commands of helm. */
export const release = {
  install: (values: Values = {}): Promise<string> =>
    helm('install', cluster.release, cluster.chart, ...STANDARD, ...setFlags(values), '--wait', '--timeout', PATIENCE),

  tryInstall: (name: string, values: Values): Promise<Outcome> =>
    tryHelm('install', name, cluster.chart, ...STANDARD, ...setFlags(values), '--timeout', PATIENCE),

  upgrade: (values: Values = {}, chart = cluster.chart): Promise<string> =>
    helm('upgrade', cluster.release, chart, ...STANDARD, ...setFlags(values), '--wait', '--timeout', PATIENCE),

  /** An upgrade that goes back by itself when its pods are not ready in time. */
  tryUpgrade: (values: Values, timeout: string): Promise<Outcome> => {
    const flags = ['--rollback-on-failure', '--wait', '--timeout', timeout];
    return tryHelm('upgrade', cluster.release, cluster.chart, ...STANDARD, ...setFlags(values), ...flags);
  },

  rollback: (revision: number): Promise<string> =>
    helm('rollback', cluster.release, String(revision), '--wait', '--timeout', PATIENCE),

  uninstall: (): Promise<string> => helm('uninstall', cluster.release, '--wait', '--timeout', PATIENCE),

  test: (): Promise<string> => helm('test', cluster.release, '--logs', '--timeout', PATIENCE),

  history: async (): Promise<Revision[]> =>
    JSON.parse(await helm('history', cluster.release, '--output', 'json')) as Revision[],
};

export interface Revision {
  readonly revision: number;
  readonly status: string;
  readonly description: string;
}
