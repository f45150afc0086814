import 'reflect-metadata';
import { Logger, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LATEST, newTraceId, PlatformModule, Readiness, runInContext, Shutdown } from '@viernes/platform';
import { createTestDatabase, eventually, startReplicatedPostgres, TcpProxy } from '@viernes/testing';
import type { ReplicatedPostgres, TestDatabase } from '@viernes/testing';
import { register } from 'prom-client';
import { Database, DatabaseModule, Reads, Transactions } from '../index.js';

const READ = { text: 'SELECT name FROM film' };

describe('a read replica', () => {
  let servers: ReplicatedPostgres;
  let proxy: TcpProxy;
  let database: TestDatabase;
  let replicaUrl: string;
  let app: INestApplicationContext;
  let reads: Reads;
  let transactions: Transactions;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    servers = await startReplicatedPostgres();
    proxy = await TcpProxy.reserve('127.0.0.1', Number(new URL(servers.replica.url).port));
  });
  beforeEach(async () => {
    await proxy.open();
    database = await createTestDatabase(servers.primary.url);
    await database.query('CREATE TABLE film (name text NOT NULL)');
    await database.query(`INSERT INTO film VALUES ('old')`);
    const url = new URL(database.url);
    url.port = String(proxy.port);
    replicaUrl = url.href;
  });
  afterEach(async () => {
    await app?.close();
    await proxy.close();
    await setReplay('resume');
    await database.drop();
  });
  afterAll(async () => servers?.remove());

  const start = async (maxLagSeconds = 60): Promise<void> => {
    const options = { url: database.url, entities: [], migrations: [], replica: { url: replicaUrl, maxLagSeconds } };
    const imports = [PlatformModule.forProcess(new Readiness(), new Shutdown()), DatabaseModule.forRoot(options)];
    app = await NestFactory.createApplicationContext({ module: class App {}, imports }, { logger: false });
    [reads, transactions] = [app.get(Reads), app.get(Transactions)];
    await app.get(Database).whenReady();
    await eventually(async () => (await readMetric('replica_usable')) === 1);
  };

  /** Pauses at the current position: later changes of the primary are not visible on the replica. */
  const pauseReplay = async (): Promise<void> => {
    const [row] = await servers.primary.query<{ lsn: string }>('SELECT pg_current_wal_flush_lsn() AS lsn');
    const hasReplayed = 'SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS "isEqual"';
    await eventually(async () => (await servers.replica.query(hasReplayed, [row?.lsn]))[0]?.['isEqual'] === true);
    await setReplay('pause');
  };
  const setReplay = (action: 'pause' | 'resume') => servers.replica.query(`SELECT pg_wal_replay_${action}()`);

  const readMetric = async (name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> => {
    const expected = Object.entries({ database: database.name, ...labels });
    const { values = [] } = (await register.getSingleMetric(name)?.get()) ?? {};
    return values.find((each) => expected.every(([label, value]) => each.labels[label] === value))?.value ?? NaN;
  };
  const countReads = (result: string) => readMetric('replica_reads_total', { result });

  const readName = async (position?: string): Promise<unknown> => {
    const context = { traceId: newTraceId(), deadlineAt: Date.now() + 20_000, ...(position && { position }) };
    const [row] = await runInContext(context, () => reads.run<{ name: string }>(READ));
    return row?.name;
  };
  /** Changes the name, and returns the position of the commit. */
  const writeName = async (name: string): Promise<string> => {
    const context = { traceId: newTraceId(), position: LATEST };
    await runInContext(context, () => transactions.run((tx) => tx.query('UPDATE film SET name = $1', [name])));
    return context.position;
  };

  it('a replica serves reads, except those of a writer whose commit it has not replayed', async () => {
    await start();
    await pauseReplay();
    const position = await writeName('new');
    expect(position).toMatch(/^[0-9A-F]{16}$/);
    expect([await readName(), await readName(position), await readName(LATEST)]).toEqual(['old', 'new', 'new']);
    await setReplay('resume');
    await eventually(async () => (await readName()) === 'new');
    const before = await countReads('replica');
    expect(await readName(position)).toBe('new');
    expect(await countReads('replica')).toBe(before + 1);
    expect([await countReads('behind'), await countReads('latest')]).toEqual([1, 1]);
  });

  it('a replica does not serve reads with a position beyond its log', async () => {
    await start();
    await pauseReplay();
    await writeName('new');
    expect(await readName('FFFFFFFF00000000')).toBe('new');
  });

  it('a replica does not serve reads while its lag exceeds the limit', async () => {
    await start(0.5);
    expect(await readMetric('replica_lag_bytes')).toBe(0);
    await pauseReplay();
    await writeName('new');
    await eventually(async () => (await readName()) === 'new');
    expect(await readMetric('replica_usable')).toBe(0);
    expect(await readMetric('replica_lag_seconds')).toBeGreaterThan(0.5);
    expect(await readMetric('replica_lag_bytes')).toBeGreaterThan(0);

    await setReplay('resume');
    await eventually(async () => (await readMetric('replica_usable')) === 1);
    expect([await readMetric('replica_lag_seconds'), await readMetric('replica_lag_bytes')]).toEqual([0, 0]);
  });

  it('a stopped replica serves no reads, and serves them again after its restart', async () => {
    await start();
    await servers.replica.stop();
    expect(await readName()).toBe('old');
    await eventually(async () => (await readMetric('replica_usable')) === 0);
    expect(await readName()).toBe('old');
    await servers.replica.start();
    await eventually(async () => (await readMetric('replica_usable')) === 1);
    const before = await countReads('replica');
    expect(await readName()).toBe('old');
    expect(await countReads('replica')).toBe(before + 1);
  });

  it('the primary repeats reads that wait for an unresponsive replica', async () => {
    await start();
    expect(await readName()).toBe('old');
    proxy.dropData('all');
    const startedAt = Date.now();
    expect(await readName()).toBe('old');
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    expect(await countReads('failed')).toBe(1);
  });

  it('the primary does not repeat a read whose deadline has passed', async () => {
    await start();
    const context = { traceId: newTraceId(), deadlineAt: Date.now() + 300 };
    const slow = runInContext(context, () => reads.run({ text: 'SELECT pg_sleep(5)' }));
    await expect(slow).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect([await countReads('failed'), await countReads('replica')]).toEqual([0, 0]);
  });
});
