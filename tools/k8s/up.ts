import { join } from 'node:path';
import pc from 'picocolors';
import { WORKSPACE } from '../workspace.ts';
import { imageFlags, valueFlags } from './chart-values.ts';
import { confirmInstall } from './cluster.ts';
import { diagnose } from './diagnose.ts';
import { findEdgeUrl } from './edge-url.ts';
import { loadImages, readImageIds } from './images.ts';
import { Kubernetes } from './kubernetes.ts';
import type { UpOptions } from './options.ts';
import { assertNotPending, findRelease, RELEASE, RELEASE_SELECTOR, rollBackRelease } from './release.ts';
import { isInterrupted, messageOf, runProgram } from './run-program.ts';

const CHART = join(WORKSPACE, 'helm', 'viernes');
const LAST_LINES = 20;

/**
 * Builds the images, loads them, installs or upgrades the release, and tests it. Idempotent.
 *
 * @throws Error that states the reason and the state of the pods
 */
export async function up(options: UpOptions, env: NodeJS.ProcessEnv): Promise<void> {
  const kubernetes = await Kubernetes.connect(options.namespace);
  await confirmInstall(kubernetes.cluster, options.yes);
  assertNotPending(await findRelease(kubernetes), options.namespace);
  if (!options['skip-images']) {
    logStep('Building the images');
    await runProgram('node', ['tools/images/main.ts'], { cwd: WORKSPACE, onOutput: logProgress });
  }
  const ids = await readImageIds(env);
  const flags = [...imageFlags(env, ids), ...valueFlags(kubernetes.cluster, options.values, options.set)];
  if (!options['skip-load']) {
    logStep('Loading the images');
    const { stdout } = await kubernetes.helm(['template', RELEASE, CHART, ...flags]);
    logProgress(await loadImages(kubernetes, ids, stdout, env, logProgress));
  }
  logStep(`Installing in namespace ${options.namespace}`);
  await upgrade(kubernetes, ['--wait', '--timeout', options.timeout, ...flags]);
  if (!options['skip-test']) {
    logStep('Testing: uploads, transcodes and plays a video file inside the cluster');
    await test(kubernetes);
  }
  console.log(nextSteps(kubernetes, await findEdgeUrl(kubernetes)));
}

const startedAt = performance.now();

function logStep(text: string): void {
  console.log(`${pc.dim(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s`)}  ${pc.bold(text)}`);
}

function logProgress(text: string): void {
  console.log(pc.dim(text.replaceAll(/^/gm, '        ')));
}

/** On failure, describes the pods first and then rolls back, because a rollback deletes the failed pods. */
async function upgrade(kubernetes: Kubernetes, flags: readonly string[]): Promise<void> {
  const finished = new AbortController();
  const watch = kubernetes.kubectl(['get', 'pods', '--selector', RELEASE_SELECTOR, '--watch-only', '--no-headers'], {
    ...{ reject: false, cancelSignal: finished.signal, onOutput: logProgress },
  });
  try {
    await kubernetes.helm(['upgrade', '--install', RELEASE, CHART, '--create-namespace', ...flags]);
  } catch (error) {
    const reason = isInterrupted() ? 'Interrupted.' : `${messageOf(error)}\n\n${await diagnose(kubernetes)}`;
    throw new Error(`${reason}\n\n${(await rollBackRelease(kubernetes)) ?? ''}`.trim(), { cause: error });
  } finally {
    finished.abort();
    await watch;
  }
}

async function test(kubernetes: Kubernetes): Promise<void> {
  const { exitCode, all } = await kubernetes.helm(['test', RELEASE, '--logs', '--timeout', '10m'], { reject: false });
  if (exitCode === 0) return;
  throw new Error(`helm test failed:\n${all.trim().split('\n').slice(-LAST_LINES).join('\n')}`);
}

function nextSteps({ cluster, namespace }: Kubernetes, url: string | undefined): string {
  const kubectl = `kubectl --context ${cluster.context} --namespace ${namespace}`;
  const secret = (key: string) =>
    `${kubectl} get secret ${RELEASE}-editor --output go-template='{{.data.${key} | base64decode}}'`;
  const forward = `${kubectl} port-forward service/${RELEASE}-edge 8400:80   # then open http://127.0.0.1:8400`;
  return `
  ${pc.bold('Viernes is ready')}

  Open              ${url === undefined ? forward : pc.cyan(url)}
  Editor's email    ${secret('email')}
  and password      ${secret('password')}
  Watch             ${kubectl} get pods,hpa --watch
  Scale             docs/scaling.md
  Uninstall         npm run k8s:down${namespace === RELEASE ? '' : ` -- --namespace ${namespace}`}
`;
}
