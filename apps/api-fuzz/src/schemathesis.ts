import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

const REQUIREMENTS = join(import.meta.dirname, '..', 'requirements.txt');
/** A file that only a complete environment contains. */
const COMPLETION_MARKER = 'viernes-complete';

/** Python 3.11 or later, or its venv module, is not installed. */
export class PythonMissingError extends Error {
  override readonly name = 'PythonMissingError';
}

/**
 * Installs Schemathesis with pinned, hash-checked dependencies into a virtual environment in the cache.
 *
 * @returns the Python interpreter of the environment
 * @throws PythonMissingError if Python 3.11 or later with venv is not installed
 */
export async function installSchemathesis(cacheDir: string): Promise<string> {
  const hash = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  // The packages of one Python version do not work with another one, and `bin/python` can change with the system.
  const folder = join(cacheDir, `schemathesis-${hash}-py${await readPythonVersion()}`);
  if (existsSync(join(folder, COMPLETION_MARKER))) return join(folder, 'bin', 'python');
  const draft = `${folder}.${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  try {
    console.log('installing Schemathesis');
    await execa('python3', ['-m', 'venv', draft]);
    const flags = [
      '--quiet',
      '--disable-pip-version-check',
      '--no-input',
      '--only-binary',
      ':all:',
      '--require-hashes',
    ];
    await execa(join(draft, 'bin', 'python'), ['-m', 'pip', 'install', ...flags, '-r', REQUIREMENTS]);
    await writeFile(join(draft, COMPLETION_MARKER), '');
    // If a concurrent run was faster, its environment is equal.
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(join(folder, COMPLETION_MARKER))) throw error;
    });
    return join(folder, 'bin', 'python');
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** @returns the major and minor version, for example 3.13 */
async function readPythonVersion(): Promise<string> {
  const script =
    'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2]); sys.exit(sys.version_info < (3, 11))';
  const { failed, stdout } = await execa('python3', ['-c', script], { reject: false });
  if (failed)
    throw new PythonMissingError('Python 3.11 or later with venv is missing. Install python3 and python3-venv.');
  return stdout;
}
