import pc from 'picocolors';
import { CHART, RELEASE } from '../chart/files.ts';
import { confirmInstall, valueFlags } from './cluster.ts';
import { diagnose } from './diagnose.ts';
import { findEdgeUrl } from './edge-url.ts';
import { buildImages, imageFlags, loadImages, readImageIds } from './images.ts';
import { Kubernetes } from './kubernetes.ts';
import type { UpOptions } from './options.ts';
import { assertNotPending, findRelease, RELEASE_SELECTOR, rollBackRelease } from './release.ts';
import { interruption, messageOf } from './run-program.ts';

/**
 * Builds the images, loads them, installs or upgrades the release, and tests it. Idempotent.
 *
 * @throws Error that states the reason and the state of the pods
 */
export async function up(options: UpOptions): Promise<void> {
  const startedAt = performance.now();
  const logStep = (text: string) =>
    console.log(`${pc.dim(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s`)}  ${pc.bold(text)}`);
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
    throw new Error(`${reason}\n\n${(await rollBackRelease(kubernetes)) ?? ''}`.trim(), { cause: error });
  } finally {
    watch.abort();
    await watched;
  }
}
