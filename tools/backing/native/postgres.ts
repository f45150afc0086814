import { execa } from 'execa';
import { chownSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessSpec } from '../../processes/supervised-process.ts';
import { postgresAnswers } from '../databases.ts';
import { secret } from '../secrets.ts';
import type { PostgresPlace } from './postgres-binaries.ts';

/** Makes the database cluster once, and says how to run it. */
export async function preparePostgres(
  place: PostgresPlace,
  home: string,
  url: string,
  logFile: string,
): Promise<ProcessSpec> {
  const { binDir, dataDir, user } = place;
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await initialise(place, secret(home, 'postgres'));
  // Nobody of this home runs now. The id in a file that a killed server left may be another process's by now, and
  // PostgreSQL would take that one for itself.
  rmSync(join(dataDir, 'postmaster.pid'), { force: true });
  return {
    name: 'postgres',
    command: join(binDir, 'postgres'),
    args: postgresArguments(dataDir, Number(new URL(url).port)),
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    cwd: dataDir,
    ...(user && { user }),
    logFile,
    isReady: () => postgresAnswers(url),
    stopSignal: 'SIGINT', // ends open sessions, where SIGTERM would wait for them
    failsEarly: true,
  };
}

export function postgresArguments(dataDir: string, port: number): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 300,
  };
  return ['-D', dataDir, '-p', String(port)].concat(
    Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  );
}

async function initialise({ binDir, dataDir, user }: PostgresPlace, password: string): Promise<void> {
  // Beside the data, for a user who cannot reach this home; initdb wants the data folder itself empty.
  const folder = await mkdtemp(`${dataDir}-init-`);
  const passwordFile = join(folder, 'password');
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (user !== undefined) for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid);
    await execa(
      join(binDir, 'initdb'),
      ['-D', dataDir, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'].concat([
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-sync',
      ]),
      { cwd: dataDir, stdin: 'ignore', all: true, env: { LC_ALL: 'C' }, ...user },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
