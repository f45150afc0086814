import { execa } from 'execa';
import { ADMIN_EMAIL, APP_NAMES, HIGH_RATE_LIMITS, MONOLITH_NAMES } from '../platform/app-processes.ts';
import { buildGoTranscoder, hasGo, preparePython } from '../examples/toolchains.ts';
import { startPlatform, type Platform, type PlatformOptions } from '../platform/start-platform.ts';
import { freePorts, type Environment, type Ports } from '../settings.ts';
import { WORKSPACE } from '../workspace.ts';
import { startControlServer } from './control-server.ts';

const PROJECTS = 'vitest.config.mjs';
const ACCEPTANCE = 'apps/acceptance/vitest.config.mjs';
const CLUSTER = 'apps/acceptance/vitest.cluster.config.mjs';
/** Processes that are not ready by then fail the run instead of blocking it. */
const READY_TIMEOUT_MS = 180_000;

interface SuiteOptions {
  /** Folder for the counts of each Vitest run. */
  readonly counts: string;
  readonly signal: AbortSignal;
  readonly env?: Environment;
}

/** Tests every project except acceptance. `isUnitOnly` omits *.int.spec.ts. @returns whether all tests passed */
export function runProjects(options: SuiteOptions, isUnitOnly = false): Promise<boolean> {
  return runVitest(PROJECTS, isUnitOnly ? ['--project=!integration'] : [], options);
}

interface AcceptanceOptions extends SuiteOptions {
  /** Whether the edge and the services run in one process. */
  readonly isMonolith: boolean;
  readonly env: Environment;
  readonly stateDir: string;
}

/** Starts the platform as `npm start` does, and runs the acceptance tests and the API fuzz test. */
export async function runAcceptance(suiteOptions: AcceptanceOptions): Promise<boolean> {
  const { isMonolith, env, stateDir, ...options } = suiteOptions;
  // Chosen only now, because the tests of every project open many ports.
  const ports = await freePorts();
  const edgeOnlyPorts = await freePorts(Object.values(ports));
  const editor = { email: 'editor@viernes.example', password: 'acceptance-of-film-night' };
  const apps = isMonolith ? MONOLITH_NAMES : APP_NAMES;
  // One test waits for the lease of a killed transcoder to expire. The fuzz test leaves uploads open.
  const video = { LEASE_SECONDS: '10', MAX_OPEN_UPLOADS: '1000' };
  const provider = await startProvider(ports);
  const user = { OIDC_PROVIDERS: provider.setting };
  const overrides = { edge: HIGH_RATE_LIMITS, video, user, monolith: { ...HIGH_RATE_LIMITS, ...video, ...user } };
  const platformOptions = { env, ports, stateDir, editor, overrides };
  const platform = startPlatform({ ...platformOptions, apps });
  const control = await startControlServer(platform.processes);
  // A second edge and video service (or a second monolith) on the same data, without a public endpoint of object
  // storage: all media passes through this edge, as with one forwarded port of a cluster.
  const edgeOnly = startPlatform({
    env,
    stateDir,
    editor,
    prefix: 'edge-only-',
    apps: isMonolith ? ['monolith'] : ['edge', 'video'],
    ports: { ...edgeOnlyPorts, CATALOG_PORT: ports.CATALOG_PORT, USER_PORT: ports.USER_PORT },
    overrides: {
      edge: { ...HIGH_RATE_LIMITS, MEDIA_ORIGINS: '' },
      video: { S3_PUBLIC_ENDPOINT: '' },
      monolith: { ...HIGH_RATE_LIMITS, MEDIA_ORIGINS: '', S3_PUBLIC_ENDPOINT: '' },
    },
  });
  try {
    await Promise.all([platform.whenReady(READY_TIMEOUT_MS), edgeOnly.whenReady(READY_TIMEOUT_MS)]);
    const account = {
      EDGE_URL: platform.edgeUrl,
      GRPC_URL: `http://127.0.0.1:${ports.EDGE_GRPC_PORT}`,
      EDITOR_EMAIL: editor.email,
      EDITOR_PASSWORD: editor.password,
      ADMIN_EMAIL,
    };
    const urls = { VIERNES_CONTROL_URL: control.url, VIERNES_EDGE_ONLY_URL: edgeOnly.edgeUrl };
    const mails = { VIERNES_MAIL_DIR: platform.mailDir };
    const suite = { ...options, env: { ...env, ...account, ...urls, ...mails } };
    const runFiles = (workers: number, ...paths: string[]) =>
      runVitest(ACCEPTANCE, [`--maxWorkers=${workers}`, ...paths.map((path) => `src/${path}`)], suite);
    // One process has no other services to kill. The web app, the operations and their schemas are the same.
    const [resilience, journeys] = isMonolith
      ? [
          ['resilience/full-restart', 'resilience/killed-', 'resilience/repeated-'],
          ['journeys/film-night', 'journeys/series'],
        ]
      : [['resilience/'], ['journeys/']];
    const runFuzz = () => run(process.execPath, ['apps/api-fuzz/dist/main.js'], account, options.signal, 'pipe');
    const hasPassed = [await runFiles(1, ...resilience), await runFiles(2, ...journeys, 'edge-only/')];
    if (options.signal.aborted) return false;
    // Last, because pages would show the titles of the fuzz test. It fails if another test overloads the platform.
    hasPassed.push(...(await Promise.all([runFiles(1, 'api/'), isMonolith || runFuzz()])));
    // The fuzz test changes the titles that it finds.
    if (env.CATALOG_PATH) hasPassed.push(await runFiles(1, 'import-real-catalog/'));
    if (!isMonolith) hasPassed.push(await runExamples(platform, platformOptions, suite));
    return hasPassed.every(Boolean);
  } finally {
    control.close();
    await edgeOnly.stop();
    await platform.stop();
    await provider.stop();
  }
}

/** Starts the OpenID provider with which the users of the tests sign in. */
async function startProvider({ EDGE_PORT }: Ports): Promise<{ readonly setting: string; stop: () => Promise<void> }> {
  // Imported late, because the library is not always built when this process starts.
  const { startSignInProvider } = await import('@viernes/testing');
  const redirectUri = `http://127.0.0.1:${EDGE_PORT}/sign-in/callback`;
  const { issuer, clientId, clientSecret, stop } = await startSignInProvider({ redirectUri });
  const setting = JSON.stringify([{ id: 'test', name: 'Test Provider', issuer, clientId, clientSecret }]);
  return { setting, stop };
}

/** Runs the client in Python, and repeats the tests of uploads and playback with the transcoder in Go. */
async function runExamples(platform: Platform, options: PlatformOptions, suite: SuiteOptions): Promise<boolean> {
  const hasPassed: boolean[] = [];
  const python = await preparePython('examples/python on the platform');
  if (python !== undefined) {
    const client = { VIERNES_EXAMPLE_PYTHON: python, CATALOG_ADDRESS: `127.0.0.1:${options.ports.CATALOG_PORT}` };
    hasPassed.push(await runVitest(ACCEPTANCE, ['src/examples/'], { ...suite, env: { ...suite.env, ...client } }));
  }
  if (await hasGo('examples/go on the platform')) {
    const transcoderPath = await buildGoTranscoder();
    await platform.processes.get('transcoder')?.stop();
    const replaced = startPlatform({ ...options, prefix: 'go-', apps: ['transcoder'], transcoderPath });
    try {
      await replaced.whenReady(READY_TIMEOUT_MS);
      hasPassed.push(await runVitest(ACCEPTANCE, ['src/api/upload', 'src/api/playback'], suite));
    } finally {
      await replaced.stop();
    }
  }
  return hasPassed.every(Boolean);
}

/** Runs the tests on a Kubernetes cluster. `only` selects some of them. */
export function runCluster(options: SuiteOptions & { readonly only: readonly string[] }): Promise<boolean> {
  return runVitest(CLUSTER, options.only, options);
}

/** Runs Vitest without Nx, because everything is already built. */
function runVitest(config: string, args: readonly string[], options: SuiteOptions): Promise<boolean> {
  const env = { ...options.env, VIERNES_TEST_COUNTS: options.counts };
  return run('vitest', ['run', `--config=${config}`, ...args], env, options.signal);
}

/**
 * @param output `pipe` prints it when the program has exited, because another one prints at the same time
 * @returns whether the program was successful
 */
async function run(
  program: string,
  args: readonly string[],
  env: Environment,
  cancelSignal: AbortSignal,
  output: 'inherit' | 'pipe' = 'inherit',
) {
  const stdio = ['ignore', output, output] as const;
  const options = { cwd: WORKSPACE, preferLocal: true, stdio, all: true, env, cancelSignal, reject: false } as const;
  const { exitCode, all } = await execa(program, args, options);
  if (all) console.log(all);
  return exitCode === 0;
}
