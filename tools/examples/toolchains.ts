import { execa } from 'execa';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { findOnPath } from '../backing/native/programs.ts';
import { STATE_DIR, WORKSPACE } from '../workspace.ts';

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
 * Installs the example in a virtual environment of this clone, and generates its code.
 *
 * @returns the path of its Python, or undefined if no Python is installed
 * @throws Error if the installation or the generation fails
 */
export async function preparePython(): Promise<string | undefined> {
  if (findOnPath('python3') === undefined) return undefined;
  const folder = join(BUILDS, 'python');
  await execa(join(PYTHON_EXAMPLE, 'prepare.sh'), [folder], { stdin: 'ignore' });
  return join(folder, 'bin', 'python');
}
