import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const ORPHAN_CHECK_MS = 500;

/**
 * Runs programs one after the other until one fails, with the pinned Node and the workspace's programs first on PATH.
 *
 * @param {string} workspace
 * @param {string} node path of the pinned Node
 * @param {readonly string[][]} lines
 * @returns {Promise<number>} exit code of the one that failed, else 0
 */
export async function runInTurn(workspace, node, lines) {
  const path = [dirname(node), join(workspace, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  for (const [program, ...args] of lines) {
    const isNode = program === 'node';
    const exitCode = await run(isNode ? node : program, isNode ? [...flags(args), ...args] : args, {
      ...process.env,
      PATH: path,
    });
    if (exitCode !== 0) return exitCode;
  }
  return 0;
}

// The seed finds the platform that npm start has running; what the caller's environment says goes first. No other program
// gets that file: tests and benches would take the platform's own services for theirs, also when they are gone.
function flags([file = '']) {
  const platform = join('.viernes', 'platform.env');
  const isSeed = file.startsWith('apps/cli/') && existsSync(platform);
  return ['--disable-warning=ExperimentalWarning', ...(isSeed ? [`--env-file=${platform}`] : [])];
}

function run(program, args, env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: 'inherit', shell: process.platform === 'win32' });
    const pass = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
    // npm killed with -9 tells nobody: what it started would go on without a terminal to stop it from.
    const parents = npmAndItsShell();
    const watching = setInterval(() => {
      if (process.env.npm_lifecycle_event === undefined || npmAndItsShell() === parents) return;
      clearInterval(watching);
      child.kill('SIGTERM');
    }, ORPHAN_CHECK_MS);
    const done = (exitCode) => {
      clearInterval(watching);
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, pass);
      resolve(exitCode);
    };
    child.on('error', (error) => {
      console.error(`${program} could not be run: ${error.message}`);
      done(1);
    });
    child.on('exit', (exitCode, signal) => done(exitCode ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

// npm runs scripts through a shell, which outlives it on systems where the shell does not make way for the script.
function npmAndItsShell() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return String(process.ppid);
  }
}
