import { execa } from 'execa';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { findOnPath } from '../backing/native/programs.ts';
import { shortHash, STATE_DIR, WORKSPACE } from '../workspace.ts';

const BUILDS = join(STATE_DIR, 'examples');
export const GO_EXAMPLE = join(WORKSPACE, 'examples', 'go');
export const PYTHON_EXAMPLE = join(WORKSPACE, 'examples', 'python');

/** Toolchains of examples are optional, but a check that is left out must be visible. */
export function logMissing(example: string, missing: string): void {
  console.log(pc.yellow(`NOT CHECKED: ${example}, because ${missing} not available`));
}

/** @returns what is missing to build the example: Go itself, or its modules if they cannot be downloaded */
export async function findMissingGo(): Promise<string | undefined> {
  if (findOnPath('go') === undefined) return 'Go is';
  const options = { cwd: GO_EXAMPLE, stdin: 'ignore', reject: false } as const;
  const { exitCode, stderr } = await execa('go', ['mod', 'download'], options);
  return exitCode === 0 ? undefined : `its modules are (${stderr.trim()})`;
}

/** Builds the transcoder in Go. @returns the path of the program @throws Error if the build fails */
export async function buildGoTranscoder(): Promise<string> {
  const program = join(BUILDS, 'go-transcoder');
  mkdirSync(BUILDS, { recursive: true });
  await execa('go', ['build', '-o', program, '.'], { cwd: GO_EXAMPLE, stdin: 'ignore' });
  return program;
}

/**
 * Installs the example in a virtual environment of this clone, and generates its code from the .proto files.
 *
 * @returns the path of its Python, or undefined if no Python is installed
 * @throws Error if the installation or the generation fails
 */
export async function preparePython(): Promise<string | undefined> {
  const python = findOnPath('python3');
  if (python === undefined) return undefined;
  const { stdout: version } = await execa(python, ['--version']);
  const project = readFileSync(join(PYTHON_EXAMPLE, 'pyproject.toml'), 'utf8');
  // Not in the shared cache: the installed package refers to the files of this clone.
  const folder = join(BUILDS, `python-${shortHash(project + version)}`);
  const installed = join(folder, 'bin', 'python');
  const marker = join(folder, 'viernes-complete');
  if (!existsSync(marker)) {
    await execa(python, ['-m', 'venv', '--clear', folder], { stdin: 'ignore' });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
    await execa(installed, [...pip, '--editable', `${PYTHON_EXAMPLE}[dev]`], { stdin: 'ignore' });
    writeFileSync(marker, '');
  }
  await execa(installed, [join(PYTHON_EXAMPLE, 'generate.py')], { stdin: 'ignore' });
  return installed;
}
