import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { resolveSeaweed } from '../backing/native/programs.ts';
import { startBackingServices } from '../backing/start-backing-services.ts';
import { buildApps } from '../platform/build.ts';
import { freePorts } from '../settings.ts';
import { onSignals } from '../start/signals.ts';
import { typedOptions } from '../terminal/typed-options.ts';
import { resolveBrowser } from './browser.ts';
import { printTotal, readTotal } from './counts.ts';
import { runAcceptance, runProjects } from './suites.ts';
import { createTestStateDir, dropStateDir } from './test-state-dir.ts';

const HELP = `npm test              runs all tests on real services
npm test -- unit      runs the tests that need no services
npm test -- --monolith
                      runs the acceptance tests on the platform with the edge and the services in one process
npm test -- --install-system-packages
                      as root on Debian or Ubuntu: installs missing packages with apt-get

FILM_PATH names the video file that the tests upload; by default, they generate one. BROWSER_PATH names a browser.`;

const { values, positionals } = typedOptions('test', {
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    monolith: { type: 'boolean', default: false },
    'install-system-packages': { type: 'boolean', default: false },
  },
});
const isUnitOnly = positionals[0] === 'unit';
if (values.help || positionals.length > (isUnitOnly ? 1 : 0)) {
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}

const startedAt = performance.now();
const elapsed = () => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
const logStep = (text: string) => console.log(pc.bold(`\n${elapsed().padStart(5)}  ${text}`));
const logProgress = (name: string, text: string) => console.log(`       ${name.padEnd(11)} ${text}`);

const stateDir = await createTestStateDir();
// npm run check counts several suites in one folder.
const counts = process.env['VIERNES_TEST_COUNTS'] || join(stateDir, 'counts');
mkdirSync(counts, { recursive: true });
const aborting = new AbortController();
onSignals(
  () => aborting.abort(),
  () => process.exit(130),
);
const options = { counts, signal: aborting.signal };

async function runAll(): Promise<boolean> {
  logStep('backing services');
  const ports = await freePorts();
  // First, because it fails immediately if something is missing.
  const BROWSER_PATH = await resolveBrowser((text) => logProgress('browser', text));
  const WEED_PATH = await resolveSeaweed(logProgress);
  const backing = await startBackingServices({ stateDir, ports, onProgress: logProgress });
  try {
    const { FILM_PATH } = process.env;
    const env = { ...backing.env, BROWSER_PATH, WEED_PATH, ...(FILM_PATH && { FILM_PATH }) };
    if (!values.monolith) logStep('tests of every project');
    const hasPassed = values.monolith || (await runProjects({ ...options, env }));
    if (aborting.signal.aborted) return false;
    logStep(`acceptance tests on the running platform${values.monolith ? ' in one process' : ''}`);
    const platform = { isMonolith: values.monolith, env, ports, stateDir };
    return (await runAcceptance({ ...options, ...platform })) && hasPassed;
  } finally {
    await backing.stop();
  }
}

let hasPassed = false;
try {
  logStep('build');
  await buildApps(stateDir, (text) => console.log(`       ${text}`));
  hasPassed = await (isUnitOnly ? runProjects(options, true) : runAll());
} catch (error) {
  console.error(pc.red(error instanceof Error ? error.message : String(error)));
}

const total = readTotal(counts, hasPassed);
if (total.failed === 0) dropStateDir(stateDir);
else console.log(`\nLogs of the platform and its services: ${join(stateDir, 'logs')}`);
if (aborting.signal.aborted) console.log('Interrupted.');
console.log(`\nfinished in ${elapsed()}`);
printTotal(total);
process.exit(total.failed === 0 ? 0 : 1);
