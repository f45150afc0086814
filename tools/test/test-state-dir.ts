import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { toSharedFolder } from '../backing/native/postgres.ts';
import { PidRegistry } from '../processes/pid-registry.ts';
import { STATE_DIR } from '../workspace.ts';

const PREFIX = 'test-';

/** Creates a temporary state folder for this process. Deletes those of earlier processes that were killed or failed. */
export async function createTestStateDir(): Promise<string> {
  mkdirSync(STATE_DIR, { recursive: true });
  for (const name of readdirSync(STATE_DIR).filter((entry) => entry.startsWith(PREFIX))) {
    const stateDir = join(STATE_DIR, name);
    if (new PidRegistry(join(stateDir, 'supervisor')).find('test') !== undefined) continue;
    await new PidRegistry(join(stateDir, 'run')).terminateAll({ graceMs: 2000 });
    dropStateDir(stateDir);
  }
  const stateDir = join(STATE_DIR, `${PREFIX}${process.pid}`);
  new PidRegistry(join(stateDir, 'supervisor')).add('test', process.pid);
  return stateDir;
}

/** Deletes a state folder. Its processes must have been stopped. */
export function dropStateDir(stateDir: string): void {
  rmSync(toSharedFolder(stateDir), { recursive: true, force: true });
  rmSync(stateDir, { recursive: true, force: true });
}
