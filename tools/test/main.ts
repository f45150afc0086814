import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { buildApps } from '../platform/build.ts';
import { RunLedger } from '../processes/run-ledger.ts';
import { onSignals } from '../start/signals.ts';
import { HOME } from '../workspace.ts';
import { addUp, countLine, readRuns, type RunRecord } from './counts.ts';
import { dropHome, dropLeftoverHomes, testHome } from './leftover-homes.ts';
import { runAcceptance, runProjects, runUnits } from './suites.ts';
import { withBacking } from './with-backing.ts';

const startedAt = performance.now();
const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
const say = (text: string) => console.log(pc.bold(`\n${seconds().padStart(5)}  ${text}`));

const isUnitOnly = process.argv[2] === 'unit';
if (process.argv[2] !== undefined && !isUnitOnly) {
  console.error('npm test runs everything on real services; npm test -- unit what needs none.');
  process.exit(1);
}

mkdirSync(HOME, { recursive: true });
await dropLeftoverHomes();
const home = testHome();
// Another suite may follow, and add its counts to these.
const counts = process.env['VIERNES_TEST_COUNTS'] || join(home, 'counts');
mkdirSync(counts, { recursive: true });
new RunLedger(join(home, 'supervisor')).record('test', process.pid);

const interrupted = new AbortController();
onSignals(
  () => interrupted.abort(),
  () => process.exit(130),
);

let isWhole = true;
try {
  say('build');
  await buildApps(home, (text) => console.log(`       ${text}`));
  const options = { counts, signal: interrupted.signal };
  if (isUnitOnly) {
    say('tests that need no services');
    isWhole = await runUnits(options);
  } else {
    say('backing services');
    isWhole = await withBacking(home, async (backing) => {
      say('tests of every project');
      const projects = await runProjects({ ...options, env: backing.env });
      if (interrupted.signal.aborted) return false;
      say('acceptance: the whole platform, a browser and failures');
      return (await runAcceptance({ ...options, ...backing, home })) && projects;
    });
  }
} catch (error) {
  isWhole = false;
  console.error(pc.red(error instanceof Error ? error.message : String(error)));
}

// A suite that ended badly without telling a failed test must not look green.
const runs: RunRecord[] = readRuns(counts);
const told = addUp(runs);
const total = isWhole || told.failed > 0 ? told : { ...told, failed: 1 };
if (total.failed === 0) dropHome(home);
else console.log(`\nLogs of the platform and its services: ${join(home, 'logs')}`);
if (interrupted.signal.aborted) console.log('Interrupted.');
console.log(`\ntook ${seconds()}`);
console.log(countLine(total));
process.exit(total.failed === 0 ? 0 : 1);
