import { execa } from 'execa';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { killGroup, RunLedger } from '../processes/run-ledger.ts';
import { WORKSPACE } from '../workspace.ts';

/** Fills a fresh home once. @throws Error when it fails: the next start tries again and doubles nothing */
export async function seedOnce(
  home: string,
  env: Readonly<Record<string, string>>,
  onProgress: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const done = join(home, 'seeded');
  if (existsSync(done)) return;
  const ledger = new RunLedger(join(home, 'run'));
  const seeding = execa(process.execPath, [join(WORKSPACE, 'apps', 'cli', 'dist', 'main.js'), 'seed'], {
    env: { ...env },
    stdin: 'ignore',
    all: true,
    reject: false,
    // With the ffmpeg it runs it is one group, which the next start ends when this one was killed: two at once would
    // write the same files.
    detached: true,
    cleanup: true,
    cancelSignal: signal,
  });
  if (seeding.pid !== undefined) ledger.record('seed', seeding.pid);
  seeding.all.on('data', (data: Buffer) => {
    const line = String(data).trim().split('\n').at(-1);
    if (line !== undefined && line !== '') onProgress(line);
  });
  const { exitCode, all } = await seeding;
  if (seeding.pid !== undefined) killGroup(seeding.pid);
  ledger.forget('seed');
  if (exitCode !== 0)
    throw new Error(`the seed failed; npm run seed tries again\n${all.split('\n').slice(-10).join('\n')}`);
  writeFileSync(done, new Date().toISOString());
}

/** Writes the settings that `npm run seed`, `dead-letters`, and `rebuild-projection` read. */
export function writePlatformEnv(home: string, env: Readonly<Record<string, string>>): void {
  const text = Object.entries(env).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(home, 'platform.env'), text.join(''), { mode: 0o600 });
}

/** Where the platform that runs here answers. */
export function readEdgeUrl(home: string): string | undefined {
  const path = join(home, 'platform.env');
  return existsSync(path) ? /^EDGE_URL=(.+)$/m.exec(readFileSync(path, 'utf8'))?.[1] : undefined;
}
