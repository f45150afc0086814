// Installs the npm packages if package-lock.json has changed. Plain JavaScript without dependencies, because it runs
// before any package exists, on any Node.js from version 20.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
/** The oldest Node.js that runs the tools. On Linux, npm scripts run on the Node.js in node_modules instead. */
const TOOLS_NODE = '24.16';

const workspace = dirname(dirname(fileURLToPath(import.meta.url)));
const { node: version } = process.versions;

if (Number.parseInt(version, 10) < OLDEST_NODE)
  fail(`Node.js ${OLDEST_NODE} or newer is required. This is ${version}.`);
if (!isInstalled()) install();
const isOlder = version.localeCompare(TOOLS_NODE, 'en', { numeric: true }) < 0;
if (isOlder && !existsSync(join(workspace, 'node_modules', '.bin', 'node')))
  fail(`Node.js ${TOOLS_NODE} or newer is required on ${process.platform}-${process.arch}. This is ${version}.`);

/** npm writes node_modules/.package-lock.json when it has finished, so an interrupted installation is detected. */
function isInstalled() {
  const locked = readPackages('package-lock.json');
  const installed = readPackages(join('node_modules', '.package-lock.json'));
  if (locked === undefined || installed === undefined) return false;
  return Object.entries(locked).every(([path, { version, integrity, optional, peer, link }]) => {
    if (!path.includes('node_modules/')) return true;
    const found = installed[path];
    if (found === undefined) return optional === true || peer === true;
    return link === true || (found.version === version && found.integrity === integrity);
  });
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(join(workspace, path), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function install() {
  console.log('Installing packages with npm ci. The first installation takes 1 to 2 minutes.');
  const startedAt = performance.now();
  const npm = process.env.npm_execpath;
  const [program, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const { status, error } = spawnSync(program, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: workspace,
    // With the settings of a production environment, npm would omit the tools that build the platform.
    env: { ...process.env, NODE_ENV: 'development', npm_config_omit: '' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0)
    fail(`npm ci failed${error === undefined ? '. Its output above states the reason.' : `: ${error.message}`}`);
  // Nx fails on cached information about packages that were removed.
  rmSync(join(workspace, '.nx', 'workspace-data'), { recursive: true, force: true });
  console.log(`Packages installed in ${Math.round((performance.now() - startedAt) / 1000)} s.`);
}

function fail(text) {
  console.error(text);
  process.exit(1);
}
