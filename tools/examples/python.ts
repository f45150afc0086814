import { execa } from 'execa';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findOnPath } from '../backing/native/programs.ts';
import { shortHash, STATE_DIR, WORKSPACE } from '../workspace.ts';

export const PYTHON_EXAMPLE = join(WORKSPACE, 'examples', 'python');

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
  const folder = join(STATE_DIR, 'examples', `python-${shortHash(project + version)}`);
  const installed = join(folder, 'bin', 'python');
  const marker = join(folder, 'viernes-complete');
  if (!existsSync(marker)) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await execa(python, ['-m', 'venv', folder], { stdin: 'ignore' });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
    await execa(installed, [...pip, '--editable', `${PYTHON_EXAMPLE}[dev]`], { stdin: 'ignore' });
    await writeFile(marker, '');
  }
  await execa(installed, [join(PYTHON_EXAMPLE, 'generate.py')], { stdin: 'ignore' });
  return installed;
}
