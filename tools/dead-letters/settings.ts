import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { UsageError } from './arguments.ts';

export interface EdgeSettings {
  readonly edgeUrl: string;
  readonly email: string;
  readonly password: string;
}

/**
 * Which platform, and as whom: from the environment, else as npm start wrote it down.
 * @param home of this clone's data
 * @throws UsageError that names what is missing
 */
export function readEdgeSettings(env: NodeJS.ProcessEnv, home: string): EdgeSettings {
  const file = join(home, 'platform.env');
  const known = { ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}), ...given(env) };
  const missing = NAMES.filter((name) => known[name] === undefined);
  if (missing.length > 0) {
    throw new UsageError(`${missing.join(', ')} not set, and no npm start runs here that would say`);
  }
  const { EDGE_URL: edgeUrl = '', EDITOR_EMAIL: email = '', EDITOR_PASSWORD: password = '' } = known;
  if (!URL.canParse(edgeUrl)) throw new UsageError(`EDGE_URL=${edgeUrl} is no address`);
  return { edgeUrl, email, password };
}

const NAMES = ['EDGE_URL', 'EDITOR_EMAIL', 'EDITOR_PASSWORD'] as const;

function given(env: NodeJS.ProcessEnv): Partial<Record<(typeof NAMES)[number], string>> {
  return Object.fromEntries(NAMES.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}
