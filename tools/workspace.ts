import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Top folder of this clone. */
export const WORKSPACE = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where `npm start` keeps data, logs and who runs. */
export const HOME = join(WORKSPACE, '.viernes');

/** What was fetched once for all clones of this user. */
export const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'viernes');

/** Tells homes apart where their data cannot lie inside them: other folders, compose projects. */
export function homeId(home: string): string {
  return createHash('sha256').update(home).digest('hex').slice(0, 10);
}
