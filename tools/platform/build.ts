import { execa } from 'execa';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tailOf } from '../processes/log-file.ts';
import { WORKSPACE } from '../workspace.ts';

/** Builds everything that runs, from the cache where nothing changed. @throws Error with the end of the log */
export async function buildApps(home: string, onProgress: (text: string) => void): Promise<void> {
  const logFile = join(home, 'logs', 'build.log');
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const building = execa('nx', ['run-many', '-t', 'build', '--output-style=stream'], {
    cwd: WORKSPACE,
    preferLocal: true,
    stdin: 'ignore',
    all: true,
    buffer: false,
    reject: false,
    env: { FORCE_COLOR: '0', NX_TUI: 'false' },
  });
  let built = 0;
  building.all.on('data', (data: Buffer) => {
    log.write(data);
    for (const [, project] of String(data).matchAll(/> nx run ([^\s:]+):build/g))
      onProgress(`${(built += 1)}: ${project}`);
  });
  const { exitCode } = await building;
  await new Promise((resolve) => log.end(resolve));
  if (exitCode !== 0) throw new Error(`The build failed; log: ${logFile}\n${tailOf(logFile)}`);
}
