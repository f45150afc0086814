import { execa } from 'execa';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findOnPath } from '../backing/native/programs.ts';
import { STATE_DIR, WORKSPACE } from '../workspace.ts';

export const GO_EXAMPLE = join(WORKSPACE, 'examples', 'go');

/** @returns what is missing to build the example: Go itself, or its modules if they cannot be downloaded */
export async function findMissingGo(): Promise<string | undefined> {
  if (findOnPath('go') === undefined) return 'Go is';
  const { exitCode, stderr } = await execa('go', ['mod', 'download'], {
    cwd: GO_EXAMPLE,
    stdin: 'ignore',
    reject: false,
  });
  return exitCode === 0 ? undefined : `its modules are (${stderr.trim()})`;
}

/** Builds the transcoder in Go. @returns the path of the program @throws Error if the build fails */
export async function buildGoTranscoder(): Promise<string> {
  const folder = join(STATE_DIR, 'examples');
  await mkdir(folder, { recursive: true });
  const program = join(folder, 'go-transcoder');
  await execa('go', ['build', '-o', program, '.'], { cwd: GO_EXAMPLE, stdin: 'ignore' });
  return program;
}
