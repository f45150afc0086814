import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root folder of this clone. */
export const WORKSPACE = dirname(dirname(fileURLToPath(import.meta.url)));

/** Contains the data, logs, passwords, and process IDs of `npm start`. */
export const STATE_DIR = join(WORKSPACE, '.viernes');

/** The settings of the started platform, for `npm run seed`, `dead-letters`, and `rebuild-projection`. */
export const PLATFORM_ENV_FILE = join(STATE_DIR, 'platform.env');

/** The settings of the user service, for `npm run rotate-signing-key`. */
export const USER_ENV_FILE = join(STATE_DIR, 'user.env');

/** Contains downloads. All clones of this user share it. */
export const CACHE_DIR = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'viernes');

/** Identifies a state folder in names outside of it, such as compose projects. */
export function stateDirId(stateDir: string): string {
  return shortHash(stateDir).slice(0, 10);
}

export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
