import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

function packagesIn(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * Whether what is installed is what the lockfile asks for. npm writes down what it installed when it is done, so an
 * interrupted install counts as none.
 *
 * @param {string} workspace
 */
export function packagesAreCurrent(workspace) {
  const wanted = packagesIn(join(workspace, 'package-lock.json'));
  const installed = packagesIn(join(workspace, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional, peer, link }]) => {
    if (!path.includes('node_modules/')) return true;
    const there = installed[path];
    if (there === undefined) return optional === true || peer === true;
    return link === true || (there.version === version && there.integrity === integrity);
  });
}

/**
 * @param {string} workspace
 * @returns {Promise<number>} exit code of npm
 */
export async function installPackages(workspace) {
  console.log('Installing packages (npm ci); the first time takes a minute or two.');
  const startedAt = performance.now();
  const npm = process.env.npm_execpath;
  const [program, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const child = spawn(program, [...args, 'ci', '--no-audit', '--no-fund'], {
    cwd: workspace,
    // npm hands its own settings down to scripts; a production install would leave out what builds the platform.
    env: { ...process.env, NODE_ENV: 'development', npm_config_omit: '' },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  const ticking = setInterval(() => console.log(`  still installing, ${secondsSince(startedAt)} s`), 15_000);
  try {
    const [exitCode] = await once(child, 'exit');
    // Nx trips over its memory of packages that are gone.
    rmSync(join(workspace, '.nx', 'workspace-data'), { recursive: true, force: true });
    if (exitCode === 0) console.log(`Packages installed in ${secondsSince(startedAt)} s.`);
    return exitCode ?? 1;
  } catch (error) {
    console.error(`npm could not be run: ${error.message}`);
    return 1;
  } finally {
    clearInterval(ticking);
  }
}

function secondsSince(startedAt) {
  return Math.round((performance.now() - startedAt) / 1000);
}
