// Checks the examples in other languages, whose toolchains are optional: formatting, lint, types, generated code, unit tests.
import { execa } from 'execa';
import { runScript } from '../terminal/script.ts';
import { WORKSPACE } from '../workspace.ts';
import { findMissingGo, GO_EXAMPLE } from './go.ts';
import { logMissing } from './log-missing.ts';
import { preparePython, PYTHON_EXAMPLE } from './python.ts';

/** Prints the output of a program. @throws Error if it fails */
async function run(cwd: string, program: string, ...args: readonly string[]): Promise<void> {
  await execa(program, args, { cwd, preferLocal: true, localDir: WORKSPACE, stdio: ['ignore', 'inherit', 'inherit'] });
}

async function checkPython(): Promise<void> {
  const python = await preparePython();
  if (python === undefined) return logMissing('examples/python', 'Python 3 is');
  await run(PYTHON_EXAMPLE, python, '-m', 'ruff', 'check', '.');
  await run(PYTHON_EXAMPLE, python, '-m', 'ruff', 'format', '--check', '.');
  await run(PYTHON_EXAMPLE, python, '-m', 'mypy');
  await run(PYTHON_EXAMPLE, python, '-m', 'pytest', '--quiet');
}

/** @throws Error for files that are not formatted, and if the generated code is out of date */
async function checkGo(): Promise<void> {
  const missing = await findMissingGo();
  if (missing !== undefined) return logMissing('examples/go', missing);
  await run(GO_EXAMPLE, 'buf', 'generate');
  const { stdout: changed } = await execa('git', ['status', '--porcelain', '--', 'transcodepb'], { cwd: GO_EXAMPLE });
  if (changed !== '')
    throw new Error(`Generated files are out of date. Run buf generate in examples/go and commit:\n${changed}`);
  const { stdout: unformatted } = await execa('gofmt', ['-l', '.'], { cwd: GO_EXAMPLE });
  if (unformatted !== '') throw new Error(`Run gofmt -w in examples/go:\n${unformatted}`);
  await run(GO_EXAMPLE, 'go', 'vet', './...');
  await run(GO_EXAMPLE, 'go', 'test', './...');
}

await runScript(async () => {
  await checkPython();
  await checkGo();
});
