import { execa } from 'execa';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { findOnPath } from '../backing/native/programs.ts';
import { STATE_DIR, WORKSPACE } from '../workspace.ts';

const stdio = ['ignore', 'inherit', 'inherit'] as const;
const BUILDS = join(STATE_DIR, 'examples');
const GO_EXAMPLE = join(WORKSPACE, 'examples', 'go');
const PYTHON_EXAMPLE = join(WORKSPACE, 'examples', 'python');

/** Runs the check.sh of each example in another language whose toolchain is installed. */
export async function checkExamples(): Promise<void> {
  const python = await preparePython('examples/python');
  if (python) await execa(join(PYTHON_EXAMPLE, 'check.sh'), { stdio, env: { PYTHON: python } });
  if (await hasGo('examples/go')) await execa(join(GO_EXAMPLE, 'check.sh'), { stdio });
}

/** Toolchains of examples are optional, but the log must show each omitted check. */
function logOmitted(example: string, reason: string): void {
  console.log(pc.yellow(`NOT CHECKED: ${example}, because ${reason}`));
}

/** Returns whether Go is installed and the modules of the example can be downloaded. If not, logs the reason. */
export async function hasGo(example: string): Promise<boolean> {
  const options = { cwd: GO_EXAMPLE, stdin: 'ignore', reject: false } as const;
  const { exitCode, stderr = '' } = await execa('go', ['mod', 'download'], options);
  if (exitCode === 0) return true;
  logOmitted(example, findOnPath('go') ? `its modules cannot be downloaded: ${stderr.trim()}` : 'Go is not installed');
  return false;
}

/** Builds the transcoder in Go. @returns the path of the program @throws Error if the build fails */
export async function buildGoTranscoder(): Promise<string> {
  const program = join(BUILDS, 'go-transcoder');
  mkdirSync(BUILDS, { recursive: true });
  await execa('go', ['build', '-o', program, '.'], { cwd: GO_EXAMPLE, stdin: 'ignore' });
  return program;
}

/**
 * Installs the example in a virtual environment of this clone, and generates its code. Logs if no Python is installed.
 *
 * @returns the path of its Python, or undefined
 * @throws Error if the installation or the generation fails
 */
export async function preparePython(example: string): Promise<string | undefined> {
  if (findOnPath('python3') === undefined) return void logOmitted(example, 'Python 3 is not installed');
  const folder = join(BUILDS, 'python');
  await execa(join(PYTHON_EXAMPLE, 'prepare.sh'), [folder], { stdin: 'ignore' });
  return join(folder, 'bin', 'python');
}
