// Runs the check.sh of each example in another language whose toolchain is installed.
import { execa } from 'execa';
import { join } from 'node:path';
import { runScript } from '../terminal/script.ts';
import { findMissingGo, GO_EXAMPLE, logMissing, preparePython, PYTHON_EXAMPLE } from './toolchains.ts';

const stdio = ['ignore', 'inherit', 'inherit'] as const;

await runScript(async () => {
  const python = await preparePython();
  if (python === undefined) logMissing('examples/python', 'Python 3 is');
  else await execa(join(PYTHON_EXAMPLE, 'check.sh'), { stdio, env: { PYTHON: python } });
  const missingGo = await findMissingGo();
  if (missingGo !== undefined) logMissing('examples/go', missingGo);
  else await execa(join(GO_EXAMPLE, 'check.sh'), { stdio });
});
