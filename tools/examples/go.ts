import { execa } from 'execa';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findOnPath } from '../backing/native/programs.ts';
import { STATE_DIR, WORKSPACE } from '../workspace.ts';

export const GO_EXAMPLE = join(WORKSPACE, 'examples', 'go');

/**
 * Builds the transcoder in Go.
 *
 * @returns the path of the program, or undefined if Go is not installed
 * @throws Error if the build fails
 */
export async function buildGoTranscoder(): Promise<string | undefined> {
  if (findOnPath('go') === undefined) return undefined;
  const folder = join(STATE_DIR, 'examples');
  await mkdir(folder, { recursive: true });
  const program = join(folder, 'go-transcoder');
  await execa('go', ['build', '-o', program, '.'], { cwd: GO_EXAMPLE, stdin: 'ignore' });
  return program;
}
