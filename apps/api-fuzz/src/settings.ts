import { homedir } from 'node:os';
import { join } from 'node:path';

/** The platform under test and the machine that tests it. */
export interface ApiFuzzSettings {
  readonly edgeUrl: string;
  readonly editor: { readonly email: string; readonly password: string };
  /** Has the password of the editor. Without an admin, operations for admins are tested as the editor. */
  readonly adminEmail: string | undefined;
  /** Whether a missing Python is an error. */
  readonly isCi: boolean;
  /** Shared by all checkouts of this user. */
  readonly cacheDir: string;
}

/** @throws Error that names the missing variables */
export function readSettings(env: NodeJS.ProcessEnv): ApiFuzzSettings {
  const { EDGE_URL, EDITOR_EMAIL, EDITOR_PASSWORD, ADMIN_EMAIL, CI, XDG_CACHE_HOME } = env;
  if (!EDGE_URL || !EDITOR_EMAIL || !EDITOR_PASSWORD) {
    const missing = Object.entries({ EDGE_URL, EDITOR_EMAIL, EDITOR_PASSWORD }).flatMap(([name, value]) =>
      value ? [] : [name],
    );
    throw new Error(`Settings are missing. Set ${missing.join(', ')} for a running platform with raised rate limits.`);
  }
  return {
    edgeUrl: EDGE_URL,
    editor: { email: EDITOR_EMAIL, password: EDITOR_PASSWORD },
    adminEmail: ADMIN_EMAIL,
    isCi: Boolean(CI),
    cacheDir: join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'viernes'),
  };
}
