// Runs the cluster tests (apps/acceptance/src/cluster) on the cluster of the current kubectl context.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { confirmInstall } from '../k8s/cluster.ts';
import { buildImages, imageFlags, loadImages, readImageIds } from '../k8s/images.ts';
import { Kubernetes } from '../k8s/kubernetes.ts';
import { messageOf } from '../k8s/run-program.ts';
import { onSignals } from '../start/signals.ts';
import { typedOptions } from '../terminal/typed-options.ts';
import { printTotal, readTotal } from '../test/counts.ts';
import { STATE_DIR } from '../workspace.ts';
import { deleteNamespaces, deleteStaleNamespaces } from './namespaces.ts';
import { runSuite } from './run-suite.ts';

const HELP = `npm run test:k8s [-- options] [names of spec files, for example: install scaling]
  --no-images   uses the images in the cluster instead of building and loading them
  --keep        does not delete the namespaces afterwards
  --yes         asks no question for a remote cluster`;

const flag = { type: 'boolean', default: false } as const;
const { values: options, positionals } = typedOptions('test:k8s', {
  options: { 'no-images': flag, keep: flag, yes: flag, help: flag },
  allowPositionals: true,
});
if (options.help) {
  console.log(HELP);
  process.exit(0);
}

const startedAt = performance.now();
const elapsed = () => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
const log = (text: string) => console.log(pc.bold(`\n${elapsed().padStart(5)}  ${text}`));

const interrupted = new AbortController();
onSignals(
  () => interrupted.abort(),
  () => process.exit(130),
);

mkdirSync(STATE_DIR, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'viernes-k8s-'));
const reports = join(STATE_DIR, 'test-k8s');
rmSync(reports, { recursive: true, force: true });
// The last line is the sum of all suites. npm run check passes a folder with the counts of earlier suites.
const counts = process.env['VIERNES_TEST_COUNTS'] || join(folder, 'counts');
mkdirSync(counts, { recursive: true });

const run = randomBytes(3).toString('hex');
const namespaces = { platform: `viernes-test-${run}`, neighbor: `viernes-test-${run}-neighbor` };

/** @returns whether all tests passed */
async function main(): Promise<boolean> {
  const kubernetes = await Kubernetes.connect(namespaces.platform);
  await confirmInstall(kubernetes.cluster, options.yes);
  await deleteStaleNamespaces(kubernetes);
  if (!options['no-images']) {
    await buildImages();
    const ids = await readImageIds();
    await loadImages(kubernetes, ids, imageFlags(process.env, ids));
  }
  try {
    log(`tests in ${namespaces.platform}`);
    const suite = { counts, only: positionals, signal: interrupted.signal };
    return await runSuite(kubernetes, namespaces, folder, reports, suite);
  } finally {
    if (!options.keep) await deleteNamespaces(kubernetes, Object.values(namespaces));
  }
}

const hasPassed = await main().catch((error: unknown) => {
  console.error(pc.red(messageOf(error)));
  return false;
});
const total = readTotal(counts, hasPassed);
rmSync(folder, { recursive: true, force: true });
console.log(`\nMeasurements and graphs: ${reports}`);
if (interrupted.signal.aborted) console.log('Interrupted.');
console.log(`took ${elapsed()}`);
printTotal(total);
process.exit(total.failed === 0 ? 0 : 1);
