import { execa } from 'execa';
import { execFileSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempDisposableSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Ports } from '../../settings.ts';
import { stateDirId } from '../../workspace.ts';
import { isPostgresReady } from '../databases.ts';
import { readSecret, toOwnVariables } from '../variables.ts';
import type { NativeSpec } from './native-service.ts';
import { findPostgresPackage } from './programs.ts';

type User = NonNullable<NativeSpec['user']>;

interface Installation {
  readonly binDir: string;
  /** Contains the data folder. */
  readonly folder: string;
  /** Defined if this process is root, because PostgreSQL does not run as root. */
  readonly user?: User | undefined;
}

/** Initializes the database cluster once and returns the process. */
export async function preparePostgres(stateDir: string, ports: Ports): Promise<NativeSpec> {
  const installation = placeInstallation(stateDir);
  const { binDir, folder, user } = installation;
  const dataDir = join(folder, 'postgres');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (user !== undefined) chownSync(dataDir, user.uid, user.gid);
  if (!existsSync(join(dataDir, 'PG_VERSION')))
    await initialize(installation, dataDir, readSecret(stateDir, 'postgres'));
  // No server of this state folder is running. The process ID in the file of a killed server can belong to another
  // process now, and PostgreSQL would not start.
  rmSync(join(dataDir, 'postmaster.pid'), { force: true });
  const server = ['-D', dataDir, '-p', String(ports.POSTGRES_PORT)];
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 300 };
  const url = toOwnVariables('postgres', stateDir, ports)['POSTGRES_URL'] ?? '';
  return {
    command: join(binDir, 'postgres'),
    args: [...server, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    cwd: dataDir,
    ...(user && { user }),
    isReady: () => isPostgresReady(url),
    stopSignal: 'SIGINT', // closes open sessions; SIGTERM would wait for them
  };
}

/** Finds the folder of the programs for tests that start separate servers: PG_BIN, or that of the npm package. */
export function resolvePostgres(stateDir: string): string {
  return process.env['PG_BIN'] || placeInstallation(stateDir).binDir;
}

/** Returns a folder outside of the clone, for data that a user other than root must be able to read. */
export function toSharedFolder(stateDir: string): string {
  return join('/var/lib/viernes', stateDirId(stateDir));
}

/** Selects programs and a folder that the user of PostgreSQL can reach. */
function placeInstallation(stateDir: string): Installation {
  const packageDir = findPostgresPackage();
  if (packageDir === undefined) throw new Error('The npm package of PostgreSQL is not installed.');
  // Creates links between libraries, which npm packages cannot contain. npm omits this script with --ignore-scripts.
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: packageDir });
  const user = process.getuid?.() === 0 ? findUnprivilegedUser() : undefined;
  if (user === undefined || (isReachable(stateDir) && isReachable(packageDir))) {
    return { binDir: join(packageDir, 'native', 'bin'), folder: stateDir, user };
  }
  const folder = toSharedFolder(stateDir);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string };
  const copy = join(folder, `programs-${version}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    cpSync(join(packageDir, 'native'), draft, { recursive: true, verbatimSymlinks: true });
    renameSync(draft, copy);
  }
  return { binDir: join(copy, 'bin'), folder, user };
}

function findUnprivilegedUser(): User {
  const users = readFileSync('/etc/passwd', 'utf8');
  const find = (name: string) => new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(users);
  const [, uid = 65_534, gid = 65_534] = find('postgres') ?? find('nobody') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

/** Returns whether any user can enter this folder and its parents. */
function isReachable(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && (stats.mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

async function initialize({ binDir, user }: Installation, dataDir: string, password: string): Promise<void> {
  // Next to the data, for a user that cannot reach the state folder. initdb requires the data folder to be empty.
  using folder = mkdtempDisposableSync(`${dataDir}-init-`);
  const passwordFile = join(folder.path, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) for (const path of [folder.path, passwordFile]) chownSync(path, user.uid, user.gid);
  const access = ['-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const options = { cwd: dataDir, stdin: 'ignore', all: true, env: { LC_ALL: 'C' }, ...user } as const;
  await execa(join(binDir, 'initdb'), ['-D', dataDir, ...access, ...locale, '--no-sync'], options);
}
