import { execa } from 'execa';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tailLog } from '../processes/log-file.ts';
import { WORKSPACE } from '../workspace.ts';

/** Builds all apps and libraries, from the Nx cache if possible. @throws Error with the end of the log */
export async function buildApps(stateDir: string, onProgress: (text: string) => void): Promise<void> {
  const logFile = join(stateDir, 'logs', 'build.log');
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const build = execa('nx', ['run-many', '-t', 'build', '--output-style=stream'], {
    ...{ cwd: WORKSPACE, preferLocal: true, stdin: 'ignore', all: true, buffer: false, reject: false },
    env: { FORCE_COLOR: '0', NX_TUI: 'false' },
  });
  let count = 0;
  build.all.on('data', (data: Buffer) => {
    log.write(data);
    for (const [, project] of String(data).matchAll(/> nx run ([^\s:]+):build/g)) {
      count += 1;
      onProgress(`${count}: ${project}`);
    }
  });
  const { exitCode } = await build;
  await new Promise((resolve) => log.end(resolve));
  if (exitCode !== 0) throw new Error(`The build failed. Log: ${logFile}\n${tailLog(logFile)}`);
}
