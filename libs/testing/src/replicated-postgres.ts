import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type pg from 'pg';
import { eventually } from './eventually.js';
import { freePorts } from './free-port.js';
import { runOnce } from './test-database.js';

const run = promisify(execFile);

/** PostgreSQL does not run as root. The user `nobody` has this ID on Linux. */
const AS_USER = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** The primary retains the write-ahead log of a test, so that a stopped replica can continue. */
const SETTINGS = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', wal_keep_size: '256MB' };

export interface PostgresServer {
  /** The URL of the database `postgres`. */
  readonly url: string;
  query<Row extends pg.QueryResultRow>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Resolves once the server accepts queries. */
  start(): Promise<void>;
  /** Closes all connections. */
  stop(): Promise<void>;
}

export interface ReplicatedPostgres {
  readonly primary: PostgresServer;
  /** Streams from the primary. */
  readonly replica: PostgresServer;
  /** Stops both servers and deletes their data. */
  remove(): Promise<void>;
}

/** Starts a PostgreSQL server and a streaming replica of it, with the programs in the folder PG_BIN. */
export async function startReplicatedPostgres(): Promise<ReplicatedPostgres> {
  const binDir = process.env['PG_BIN'];
  if (!binDir)
    throw new Error('PG_BIN is not set. Run npm test, which sets it to the folder of the PostgreSQL programs');
  const folder = await mkdtemp(join(tmpdir(), 'viernes-postgres-'));
  if (AS_USER.uid !== undefined) await chown(folder, AS_USER.uid, AS_USER.gid);
  const [primaryDir, replicaDir] = [join(folder, 'primary'), join(folder, 'replica')];
  const options = { cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C' }, ...AS_USER };
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = ['-U', 'postgres', '--auth=trust'];
  await run(join(binDir, 'initdb'), ['-D', primaryDir, ...access, ...locale, '--no-sync'], options);
  // A server that has never run is its own base backup.
  await run('cp', ['-R', primaryDir, replicaDir], options);
  await writeFile(join(replicaDir, 'standby.signal'), '');

  const [primaryPort = 0, replicaPort = 0] = await freePorts(2);
  const createServer = (
    dataDir: string,
    port: number,
    settings: Readonly<Record<string, string>> = {},
  ): PostgresServer => {
    const pairs = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    const query: PostgresServer['query'] = (sql, parameters) => runOnce(url, sql, parameters);
    let running: ChildProcess | undefined;
    return {
      url,
      query,
      start: async () => {
        const server = spawn(join(binDir, 'postgres'), ['-D', dataDir, '-p', String(port), ...pairs], options);
        running = server;
        let log = '';
        server.stderr.on('data', (chunk: Buffer) => (log += String(chunk)));
        const exited = once(server, 'exit').then(() => Promise.reject(new Error(`PostgreSQL exited:\n${log}`)));
        exited.catch(() => undefined);
        await Promise.race([exited, eventually(() => query('SELECT 1'))]);
      },
      stop: async () => {
        if (!running || running.exitCode !== null) return;
        const exited = once(running, 'exit');
        running.kill('SIGINT');
        await exited;
      },
    };
  };
  const primary = createServer(primaryDir, primaryPort);
  const source = `host=127.0.0.1 port=${primaryPort} user=postgres`;
  const replica = createServer(replicaDir, replicaPort, { primary_conninfo: source });
  await primary.start();
  await replica.start();
  return {
    primary,
    replica,
    remove: async () => {
      await replica.stop();
      await primary.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
