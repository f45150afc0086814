import { execa } from 'execa';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { killGroup, PidRegistry } from '../processes/pid-registry.ts';
import type { Environment } from '../settings.ts';
import { WORKSPACE } from '../workspace.ts';

/** Loads the demo data once per state folder. @throws Error if it fails; the next start continues */
export async function seedOnce(
  stateDir: string,
  env: Environment,
  onProgress: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const done = join(stateDir, 'seeded');
  if (existsSync(done)) return;
  const registry = new PidRegistry(join(stateDir, 'run'));
  const seed = execa(process.execPath, [join(WORKSPACE, 'apps', 'cli', 'dist', 'main.js'), 'seed'], {
    env,
    stdin: 'ignore',
    all: true,
    reject: false,
    cancelSignal: signal,
    // The seed and its ffmpeg are one process group, so that the next start terminates both if this process is killed.
    // Two concurrent runs would write the same files.
    detached: true,
  });
  if (seed.pid !== undefined) registry.add('seed', seed.pid);
  for await (const line of seed.iterable({ from: 'all' })) onProgress(line);
  const { exitCode, all } = await seed;
  if (seed.pid !== undefined) killGroup(seed.pid);
  registry.remove('seed');
  if (exitCode !== 0) {
    const output = all.split('\n').slice(-10).join('\n');
    throw new Error(`The demo data is incomplete. Run npm run seed to continue.\n${output}`);
  }
  writeFileSync(done, new Date().toISOString());
  onProgress('finished. Reload the page.');
}
