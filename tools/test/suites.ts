import { execa } from 'execa';
import { join } from 'node:path';
import type { AppName } from '../platform/app-processes.ts';
import { startPlatform } from '../platform/start-platform.ts';
import type { Ports } from '../settings.ts';
import { WORKSPACE } from '../workspace.ts';
import { startControlServer } from './control-server.ts';
import { startOneDoor } from './one-door.ts';

const REPORTERS = ['--reporters=default', `--reporters=${join(WORKSPACE, 'tools', 'test', 'count-reporter.mjs')}`];
const ACCEPTANCE = '@viernes/acceptance';

interface SuiteOptions {
  /** Folder for the counts of each jest run. */
  readonly counts: string;
  readonly signal: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
}

/** Every project but acceptance, two at a time. @returns whether all went well */
export function runProjects(options: SuiteOptions): Promise<boolean> {
  return nxTest(['run-many', '-t', 'test', '--exclude', ACCEPTANCE, '--parallel=2'], [], options);
}

/** What needs no services: *.spec.ts, without *.int.spec.ts. */
export function runUnits(options: SuiteOptions): Promise<boolean> {
  const only = ['--testPathIgnorePatterns', String.raw`\.int\.spec\.tsx?$`, '--passWithNoTests'];
  return nxTest(['run-many', '-t', 'test', '--exclude', ACCEPTANCE, '--parallel=2'], only, options);
}

export interface AcceptanceOptions extends SuiteOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly ports: Ports;
  readonly home: string;
}

/** The whole platform as npm start runs it, and the tests that look at it from outside. */
export async function runAcceptance({ env, ports, home, ...options }: AcceptanceOptions): Promise<boolean> {
  const editor = { email: 'editor@viernes.example', password: 'acceptance-of-film-night' };
  const platform = startPlatform({ env, ports, home, editor, overrides: OVERRIDES });
  const control = await startControlServer(platform.processes);
  const oneDoor = await startOneDoor({ env, ports, home, editor, overrides: OVERRIDES });
  try {
    await Promise.all([platform.whenReady(), oneDoor.whenReady()]);
    return await nxTest(['run', `${ACCEPTANCE}:test`], [], {
      ...options,
      env: {
        ...env,
        EDGE_URL: platform.edgeUrl,
        EDITOR_EMAIL: editor.email,
        EDITOR_PASSWORD: editor.password,
        VIERNES_CONTROL_URL: control.url,
        VIERNES_EDGE_ONLY_URL: oneDoor.edgeUrl,
      },
    });
  } finally {
    control.close();
    await oneDoor.stop();
    await platform.stop();
  }
}

/** The demonstrations on a Kubernetes cluster; `only` names some of them. @returns whether all went well */
export function runCluster({
  only,
  ...options
}: SuiteOptions & { readonly only: readonly string[] }): Promise<boolean> {
  const patterns = only.map((name) => `--testPathPatterns=${name}`);
  return nxTest(['run', `${ACCEPTANCE}:test-cluster`], patterns, options);
}

// All tests come from one address and make one account after the other, which is what these limits are against.
const OVERRIDES: Partial<Record<AppName, Readonly<Record<string, string>>>> = {
  edge: {
    RATE_LIMIT_SIGN_IN_PER_MINUTE: '1000',
    RATE_LIMIT_SIGN_IN_PER_IP_PER_MINUTE: '1000',
    RATE_LIMIT_SIGN_UP_PER_IP_PER_MINUTE: '1000',
    RATE_LIMIT_GENERAL_PER_MINUTE: '100000',
  },
};

async function nxTest(
  nx: readonly string[],
  jest: readonly string[],
  { counts, signal, env }: SuiteOptions,
): Promise<boolean> {
  // Without the cache, since services are no input that Nx knows; what tests depend on is built already.
  const flags = ['--skip-nx-cache', '--excludeTaskDependencies', '--output-style=stream'];
  const { exitCode } = await execa('nx', [...nx, ...flags, '--', ...REPORTERS, ...jest], {
    cwd: WORKSPACE,
    preferLocal: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...env, VIERNES_TEST_COUNTS: counts, NX_TUI: 'false' },
    reject: false,
    cancelSignal: signal,
  });
  return exitCode === 0;
}
