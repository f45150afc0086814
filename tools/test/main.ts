import { join } from 'node:path';
import pc from 'picocolors';
import { resolvePostgres } from '../backing/native/postgres.ts';
import { resolveSeaweed } from '../backing/native/programs.ts';
import { startBackingServices } from '../backing/start-backing-services.ts';
import { buildApps } from '../platform/build.ts';
import { freePorts } from '../settings.ts';
import { messageOf, readArguments } from '../terminal/script.ts';
import { resolveBrowser } from './browser.ts';
import { runAcceptance, runProjects } from './suites.ts';
import { readTotal, startTestRun } from './test-run.ts';
import { createTestStateDir, dropStateDir } from './test-state-dir.ts';

const HELP = `npm test              runs all tests on real services
npm test -- unit      runs the tests that need no services
npm test -- --monolith
                      runs the acceptance tests on the platform with the edge and the services in one process
npm test -- --install-system-packages
                      as root on Debian or Ubuntu: installs missing packages with apt-get

FILM_PATH names the video file that the tests upload; by default, they generate one. BROWSER_PATH names a browser.
CATALOG_PATH names the file netflix_titles.csv; without it, its import is not tested.`;

const { flags, positionals } = readArguments('test', HELP, ['monolith', 'install-system-packages'], true);
const isUnitOnly = positionals[0] === 'unit';
if (positionals.length > (isUnitOnly ? 1 : 0)) {
  console.log(HELP);
  process.exit(2);
}

const logProgress = (name: string, text: string) => console.log(`       ${name.padEnd(11)} ${text}`);

const stateDir = await createTestStateDir();
const { logStep, options, finish } = startTestRun(stateDir);

async function runAll(): Promise<boolean> {
  logStep('backing services');
  // First, because it fails immediately if something is missing.
  const BROWSER_PATH = await resolveBrowser((text) => logProgress('browser', text));
  const WEED_PATH = await resolveSeaweed(logProgress);
  const PG_BIN = resolvePostgres(stateDir);
  const backing = await startBackingServices({ stateDir, ports: await freePorts(), onProgress: logProgress });
  try {
    const { FILM_PATH, CATALOG_PATH } = process.env;
    const files = { ...(FILM_PATH && { FILM_PATH }), ...(CATALOG_PATH && { CATALOG_PATH }) };
    const env = { ...backing.env, BROWSER_PATH, WEED_PATH, PG_BIN, ...files };
    if (!flags.monolith) logStep('tests of every project');
    const hasPassed = flags.monolith || (await runProjects({ ...options, env }));
    if (options.signal.aborted) return false;
    logStep(`acceptance tests on the running platform${flags.monolith ? ' in one process' : ''}`);
    const platform = { isMonolith: flags.monolith, env, stateDir };
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
  console.error(pc.red(messageOf(error)));
}

const total = readTotal(options.counts, hasPassed);
if (total.failed === 0) dropStateDir(stateDir);
else console.log(`\nLogs of the platform and its services: ${join(stateDir, 'logs')}`);
finish(total);
