import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const toPath = (stateDir: string) => join(stateDir, 'platform.env');

/** Writes the settings that `npm run seed`, `dead-letters`, and `rebuild-projection` read. */
export function writePlatformEnv(stateDir: string, env: Readonly<Record<string, string>>): void {
  const lines = Object.entries(env).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(toPath(stateDir), lines.join(''), { mode: 0o600 });
}

export function removePlatformEnv(stateDir: string): void {
  rmSync(toPath(stateDir), { force: true });
}

/** Returns the URL of the running platform, or undefined while it is starting. */
export function readEdgeUrl(stateDir: string): string | undefined {
  const path = toPath(stateDir);
  return existsSync(path) ? /^EDGE_URL=(.+)$/m.exec(readFileSync(path, 'utf8'))?.[1] : undefined;
}
