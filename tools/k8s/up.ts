import pc from 'picocolors';
import { CHART, RELEASE } from '../chart/files.ts';
import { createStepLog, messageOf } from '../terminal/script.ts';
import { confirmInstall, valueFlags } from './cluster.ts';
import { findEdgeUrl } from './edge-url.ts';
import { buildImages, imageFlags, loadImages, readImageIds } from './images.ts';
import { Kubernetes } from './kubernetes.ts';
import type { UpOptions } from './options.ts';
import { assertNotPending, findRelease, RELEASE_SELECTOR, rollBackRelease } from './release.ts';
import { interruption } from './run-program.ts';

const MAX_DIAGNOSED_PODS = 3;
const MAX_DIAGNOSED_LINES = 12;
const IS_READY = '{range .items[*]}{.metadata.name} {.status.containerStatuses[*].ready}{"\\n"}{end}';

/**
 * Builds the images, loads them, installs or upgrades the release, and tests it. Idempotent.
 *
 * @throws Error that states the reason and the state of the pods
 */
export async function up(options: UpOptions): Promise<void> {
  const logStep = createStepLog();
  const kubernetes = await Kubernetes.connect(options.namespace);
  await confirmInstall(kubernetes.cluster, options.yes);
  assertNotPending(await findRelease(kubernetes), options.namespace);
  if (!options['skip-images']) {
    logStep('Building the images');
    await buildImages();
  }
  const ids = await readImageIds();
  const flags = [...imageFlags(process.env, ids), ...valueFlags(kubernetes.cluster, options.values, options.set)];
  logStep('Loading the images');
  await loadImages(kubernetes, ids, flags);
  logStep(`Installing in namespace ${options.namespace}`);
  await upgrade(kubernetes, ['--wait', '--timeout', options.timeout, ...flags]);
  if (!options['skip-test']) {
    logStep('Testing: uploads, transcodes and plays a video file inside the cluster');
    await kubernetes.helm(['test', RELEASE, '--logs', '--timeout', '10m'], { stdio: 'inherit' });
  }
  await kubernetes.helm(['get', 'notes', RELEASE], { stdio: 'inherit' });
  const url = await findEdgeUrl(kubernetes);
  if (url !== undefined) console.log(`\n${pc.bold('Viernes is ready:')} ${pc.cyan(url)}`);
}

/** On failure, describes the pods first and then rolls back, because a rollback deletes the failed pods. */
async function upgrade(kubernetes: Kubernetes, flags: readonly string[]): Promise<void> {
  const watch = new AbortController();
  const pods = ['get', 'pods', '--selector', RELEASE_SELECTOR, '--watch-only', '--no-headers'];
  const watched = kubernetes.kubectl(pods, { reject: false, stdio: 'inherit', cancelSignal: watch.signal });
  try {
    await kubernetes.helm(['upgrade', '--install', RELEASE, CHART, '--create-namespace', ...flags]);
  } catch (error) {
    const reason = interruption.signal.aborted
      ? 'Interrupted.'
      : `${messageOf(error)}\n\n${await diagnose(kubernetes)}`;
    const result = await rollBackRelease(kubernetes).catch(
      (failure: unknown) => `Not rolled back: ${messageOf(failure)}`,
    );
    throw new Error(`${reason}\n\n${result ?? ''}`.trim(), { cause: error });
  } finally {
    watch.abort();
    await watched;
  }
}

/** Describes the pods that are not ready: state, warnings, and the last log lines. Continues after an interruption. */
async function diagnose(kubernetes: Kubernetes): Promise<string> {
  const options = { reject: false, isCleanup: true } as const;
  const read = async (...args: string[]) => (await kubernetes.kubectl(args, options)).stdout.trim();
  // Helm waits neither for the pod of the seed nor for that of an earlier smoke test, which are not ready when completed.
  const selector = `${RELEASE_SELECTOR},app.kubernetes.io/component!=cli`;
  const pods = await kubernetes.lines(IS_READY, ['pods', '--selector', selector], options);
  const waiting = pods.filter((line) => !/^\S+( true)+$/.test(line)).map((line) => line.split(' ')[0] ?? '');
  const logs = waiting.slice(0, MAX_DIAGNOSED_PODS).map(async (pod) => {
    const args = ['logs', pod, '--all-containers', '--prefix', `--tail=${MAX_DIAGNOSED_LINES}`];
    return (await read(...args, '--previous')) || (await read(...args));
  });
  const parts = [
    waiting.length === 0 ? '' : await read('get', 'pods', ...waiting),
    (await read('events', '--types=Warning', '--no-headers')).split('\n').slice(-MAX_DIAGNOSED_LINES).join('\n'),
    ...(await Promise.all(logs)),
  ];
  return parts.filter((part) => part !== '').join('\n');
}
