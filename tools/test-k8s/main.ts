// Runs the cluster tests (apps/acceptance/src/cluster) on the cluster of the current kubectl context.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { confirmInstall } from '../k8s/cluster.ts';
import { buildImages, imageFlags, loadImages, readImageIds } from '../k8s/images.ts';
import { Kubernetes } from '../k8s/kubernetes.ts';
import { messageOf, readArguments } from '../terminal/script.ts';
import { readTotal, startTestRun } from '../test/test-run.ts';
import { STATE_DIR } from '../workspace.ts';
import { deleteNamespaces, deleteStaleNamespaces } from './namespaces.ts';
import { runSuite } from './run-suite.ts';

const HELP = `npm run test:k8s [-- options] [names of spec files, for example: install scaling]
  --no-images   uses the images in the cluster instead of building and loading them
  --keep        does not delete the namespaces afterwards
  --yes         does not prompt for a remote cluster`;

const { flags, positionals } = readArguments('test:k8s', HELP, ['no-images', 'keep', 'yes'], true);

const folder = mkdtempSync(join(tmpdir(), 'viernes-k8s-'));
const reports = join(STATE_DIR, 'test-k8s');
rmSync(reports, { recursive: true, force: true });
const { logStep, options, finish } = startTestRun(folder);
const run = randomBytes(3).toString('hex');
const namespaces = { platform: `viernes-test-${run}`, neighbor: `viernes-test-${run}-neighbor` };

/** @returns whether all tests passed */
async function main(): Promise<boolean> {
  const kubernetes = await Kubernetes.connect(namespaces.platform);
  await confirmInstall(kubernetes.cluster, flags.yes);
  await deleteStaleNamespaces(kubernetes);
  if (!flags['no-images']) {
    await buildImages();
    const ids = await readImageIds();
    await loadImages(kubernetes, ids, imageFlags(process.env, ids));
  }
  try {
    logStep(`tests in ${namespaces.platform}`);
    return await runSuite(kubernetes, namespaces, folder, reports, { ...options, only: positionals });
  } finally {
    if (!flags.keep) await deleteNamespaces(kubernetes, Object.values(namespaces));
  }
}

const hasPassed = await main().catch((error: unknown) => {
  console.error(pc.red(messageOf(error)));
  return false;
});
const total = readTotal(options.counts, hasPassed);
rmSync(folder, { recursive: true, force: true });
console.log(`\nMeasurements and graphs: ${reports}`);
finish(total);
