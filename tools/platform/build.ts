import { execa } from 'execa';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tailLog } from '../processes/log-file.ts';
import { WORKSPACE } from '../workspace.ts';

/** Builds all apps and libraries, from the Nx cache if possible. @throws Error with the end of the log */
export async function buildApps(stateDir: string, onProgress: (text: string) => void): Promise<void> {
  const logFile = join(stateDir, 'logs', 'build.log');
  mkdirSync(dirname(logFile), { recursive: true });
  const build = execa('nx', ['run-many', '-t', 'build', '--output-style=stream'], {
    cwd: WORKSPACE,
    preferLocal: true,
    stdin: 'ignore',
    all: true,
    reject: false,
    env: { FORCE_COLOR: '0', NX_TUI: 'false' },
  });
  let count = 0;
  for await (const line of build.iterable({ from: 'all' })) {
    const [, project] = /> nx run ([^\s:]+):build/.exec(line) ?? [];
    if (project !== undefined) onProgress(`${(count += 1)}: ${project}`);
  }
  const { exitCode, all } = await build;
  writeFileSync(logFile, all);
  if (exitCode !== 0) throw new Error(`The build failed. Log: ${logFile}\n${tailLog(logFile)}`);
}
