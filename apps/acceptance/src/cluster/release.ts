import { cluster } from './cluster-config.js';
import { helm, kubectl, tryHelm, type CommandResult } from './command.js';

/** Time for which helm waits for the pods. */
const TIMEOUT = '300s';

const STANDARD = ['--values', cluster.values];
const WAIT = ['--wait', '--timeout', TIMEOUT];
const SELECTOR = `app.kubernetes.io/instance=${cluster.release}`;

function setFlags(values: Values): string[] {
  return Object.entries(values).flatMap(([name, value]) => [
    typeof value === 'string' ? '--set-string' : '--set',
    `${name}=${String(value).replaceAll(',', String.raw`\,`)}`,
  ]);
}

export type Values = Readonly<Record<string, string | number | boolean>>;

export interface UpgradeOptions {
  readonly chart?: string;
  /** Server-side apply is the default of Helm 4, client-side apply is the only method of Helm 3. */
  readonly isServerSide?: boolean;
}

/** The operations of an operator on the release, as helm commands. */
export const release = {
  tryInstall: (name: string, values: Values): Promise<CommandResult> =>
    tryHelm('install', name, cluster.chart, ...STANDARD, ...setFlags(values), '--timeout', TIMEOUT),

  /** Installs the release if it does not exist. */
  upgrade: (values: Values = {}, { chart = cluster.chart, isServerSide }: UpgradeOptions = {}): Promise<string> => {
    const apply = isServerSide === undefined ? [] : [`--server-side=${isServerSide}`];
    return helm('upgrade', '--install', cluster.release, chart, ...STANDARD, ...setFlags(values), ...WAIT, ...apply);
  },

  /** Upgrades, and rolls back if the pods are not ready in time. */
  tryUpgrade: (values: Values, timeout: string): Promise<CommandResult> => {
    const flags = ['--rollback-on-failure', '--wait', '--timeout', timeout];
    return tryHelm('upgrade', cluster.release, cluster.chart, ...STANDARD, ...setFlags(values), ...flags);
  },

  rollback: (revision: number): Promise<string> => helm('rollback', cluster.release, String(revision), ...WAIT),

  /** Uninstalls the release if it exists, and keeps volumes and Secrets. */
  uninstall: (): Promise<string> => helm('uninstall', cluster.release, '--ignore-not-found', ...WAIT),

  /** Deletes the release, its volumes and its Secrets. */
  purge: async (): Promise<void> => {
    await release.uninstall();
    await kubectl('delete', 'pods,persistentvolumeclaims,secrets', '--selector', SELECTOR, '--ignore-not-found');
  },

  test: (): Promise<string> => helm('test', cluster.release, '--logs', '--timeout', TIMEOUT),

  history: async (): Promise<Revision[]> =>
    JSON.parse(await helm('history', cluster.release, '--output', 'json')) as Revision[],
};

export interface Revision {
  readonly revision: number;
  readonly status: string;
  readonly description: string;
}
