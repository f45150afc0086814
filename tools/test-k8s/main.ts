// The demonstrations on the current Kubernetes cluster: npm run test:k8s [-- options] [-- 2-scaling ...]; usage below.
import { execa } from 'execa';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { expectMeant } from '../k8s/confirm.ts';
import { Kubernetes } from '../k8s/kubernetes.ts';
import { onSignals } from '../start/signals.ts';
import { typedOptions } from '../terminal/typed-options.ts';
import { addUp, countLine, readRuns } from '../test/counts.ts';
import { STATE_DIR, WORKSPACE } from '../workspace.ts';
import { dropLeftovers, dropNamespaces } from './namespaces.ts';
import { prepareImages } from './prepare-images.ts';
import { runDemonstrations } from './run-demonstrations.ts';

const USAGE = `npm run test:k8s [-- options] [names of demonstrations, for example 1-install 2-scaling]
  --no-images     uses the images that the cluster has, instead of building and loading them
  --keep          leaves the namespaces as they are in the end, to look into them
  --draw          puts the graphs of this run into docs/images
  --yes           also on a cluster that is not on this machine, without asking`;

const { values: options, positionals } = typedOptions('test:k8s', {
  options: {
    'no-images': { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    draw: { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}

const startedAt = performance.now();
const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
const say = (text: string) => console.log(pc.bold(`\n${seconds().padStart(5)}  ${text}`));

const interrupted = new AbortController();
onSignals(
  () => interrupted.abort(),
  () => process.exit(130),
);

mkdirSync(STATE_DIR, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'viernes-k8s-'));
const reports = join(STATE_DIR, 'test-k8s');
rmSync(reports, { recursive: true, force: true });
// Counts of other suites may lie there already: the last line is then the sum of them all.
const counts = process.env['VIERNES_TEST_COUNTS'] || join(folder, 'counts');
mkdirSync(counts, { recursive: true });

const run = randomBytes(3).toString('hex');
const namespaces = { platform: `viernes-test-${run}`, neighbour: `viernes-test-${run}-neighbour` };
let drop: () => Promise<void> = () => Promise.resolve();
let isWhole = false;
try {
  const kubernetes = await Kubernetes.current(namespaces.platform);
  await expectMeant(kubernetes.cluster, options.yes);
  await kubernetes.checkVersions();
  say(`cluster ${kubernetes.cluster.context}`);
  const left = await dropLeftovers(kubernetes);
  if (left.length > 0) console.log(`       dropped what a killed run left: ${left.join(', ')}`);
  if (!options['no-images']) {
    say('images');
    await prepareImages(kubernetes, (text) => console.log(`       ${text}`));
  }
  if (!options.keep) drop = () => dropNamespaces(kubernetes, Object.values(namespaces));
  say(`demonstrations in ${namespaces.platform}`);
  isWhole = await runDemonstrations({
    ...{ kubernetes, namespaces, folder, reports, counts },
    only: positionals,
    signal: interrupted.signal,
  });
  if (options.draw) {
    const images = join(WORKSPACE, 'docs', 'images');
    cpSync(reports, images, { recursive: true, filter: (path) => path === reports || path.endsWith('.svg') });
    await execa('git', ['status', '--short', '--', images], { cwd: WORKSPACE, stdout: 'inherit', reject: false });
  }
} catch (error) {
  isWhole = false;
  console.error(pc.red(error instanceof Error ? error.message : String(error)));
}
try {
  await drop();
} catch (error) {
  console.error(pc.red(`The namespaces are not gone: ${String(error)}`));
  isWhole = false;
}

// A suite that ended badly without telling a failed test must not look green.
const told = addUp(readRuns(counts));
const total = isWhole || told.failed > 0 ? told : { ...told, failed: 1 };
rmSync(folder, { recursive: true, force: true });
console.log(`\nFigures and graphs: ${reports}`);
if (interrupted.signal.aborted) console.log('Interrupted.');
console.log(`took ${seconds()}`);
console.log(countLine(total));
process.exit(total.failed === 0 ? 0 : 1);
