import 'reflect-metadata';
import { Logger, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getRepositoryToken, TypeOrmModule } from '@nestjs/typeorm';
import { PlatformModule, Readiness, runInContext, Shutdown } from '@viernes/platform';
import { createTestDatabase, eventually, TcpProxy, type TestDatabase } from '@viernes/testing';
import pg from 'pg';
import { Column, Entity, PrimaryColumn, type MigrationInterface, type QueryRunner, type Repository } from 'typeorm';
import {
  ADVISORY_LOCKS,
  checkMigrationDrift,
  Database,
  DatabaseModule,
  lockInTransaction,
  migrate,
  sqlStateOf,
  Transactions,
  tryLockInSession,
} from './index.js';

@Entity('film')
class FilmEntity {
  @PrimaryColumn('text')
  filmId!: string;

  @Column('integer')
  runtimeMinutes!: number;
}

class CreateFilm1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Slow enough that replicas which started together meet in here, were it not for the lock.
    await runner.query(`CREATE TABLE film (film_id text NOT NULL, runtime_minutes integer NOT NULL)`);
    await runner.query('SELECT pg_sleep(0.05)');
    await runner.query(`ALTER TABLE film ADD CONSTRAINT "PK_film" PRIMARY KEY (film_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE film');
  }
}

class IndexFilms1700000000001 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX CONCURRENTLY film_runtime ON film (runtime_minutes)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX film_runtime');
  }
}

class AddScore1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE film ADD COLUMN score real, ADD COLUMN votes integer NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE film DROP COLUMN votes, DROP COLUMN score');
  }
}

@Module({ imports: [TypeOrmModule.forFeature([FilmEntity])] })
class FilmModule {}

const schema = { entities: [FilmEntity], migrations: [CreateFilm1700000000000] };

describe('a database', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let proxied: string;
  let app: INestApplicationContext | undefined;

  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(async () => {
    database = await createTestDatabase();
    const { hostname, port } = new URL(database.url);
    proxy = await TcpProxy.reserve(hostname, Number(port));
    const url = new URL(database.url);
    url.host = `127.0.0.1:${proxy.port}`;
    proxied = url.href;
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    await proxy.close();
    await database.drop();
  });

  const start = async (url: string, poolSize = 4): Promise<INestApplicationContext> => {
    app = await NestFactory.createApplicationContext(
      {
        module: class App {},
        imports: [
          PlatformModule.forProcess(new Readiness(), new Shutdown()),
          DatabaseModule.forRoot({ ...schema, url, poolSize }),
          FilmModule,
        ],
      },
      { logger: false },
    );
    return app;
  };
  const films = (context: INestApplicationContext) =>
    context.get<Repository<FilmEntity>>(getRepositoryToken(FilmEntity), { strict: false });
  const isReady = (context: INestApplicationContext) => context.get(Readiness).report().isReady;

  it('is migrated once by replicas that start together', async () => {
    const done = await Promise.all(Array.from({ length: 6 }, () => migrate({ ...schema, url: database.url })));
    expect(done.flat()).toEqual(['CreateFilm1700000000000']);
  });

  it('gets an index built concurrently, while replicas wait for their turn', async () => {
    const migrations = [...schema.migrations, IndexFilms1700000000001];
    const done = await Promise.all(
      Array.from({ length: 6 }, () => migrate({ ...schema, migrations, url: database.url })),
    );
    expect(done.flat()).toEqual(['CreateFilm1700000000000', 'IndexFilms1700000000001']);
  });

  it('may be ahead of a replica, as it is beside newer ones and after a rollback', async () => {
    await migrate({ ...schema, migrations: [...schema.migrations, AddScore1700000000002], url: database.url });
    const context = await start(database.url);
    await context.get(Database).whenReady();
    await films(context).insert({ filmId: 'casablanca', runtimeMinutes: 102 });
    expect(await films(context).find()).toEqual([{ filmId: 'casablanca', runtimeMinutes: 102 }]);
    expect(await migrate({ ...schema, url: database.url })).toEqual([]);
  });

  it('may be away at the start: every use says so at once, and it is taken up when it comes', async () => {
    const context = await start(proxied);
    await expect(context.get(Transactions).run(() => Promise.resolve())).rejects.toMatchObject({
      code: 'DEPENDENCY_UNAVAILABLE',
    });
    await expect(films(context).find()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    expect(isReady(context)).toBe(false);
    await proxy.open();
    await context.get(Database).whenReady();
    expect(isReady(context)).toBe(true);
    expect(await films(context).find()).toEqual([]);
  });

  it('may go away later: readiness tells, and it is found again', async () => {
    await proxy.open();
    const context = await start(proxied);
    await context.get(Database).whenReady();
    await proxy.close();
    await expect(films(context).find()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    await eventually(() => !isReady(context));
    await proxy.open();
    await eventually(() => isReady(context));
    expect(await films(context).find()).toEqual([]);
  });

  it('may vanish without a word: what waits for it ends, and the next finds it again', async () => {
    await proxy.open();
    const context = await start(proxied, 1);
    await context.get(Database).whenReady();
    proxy.swallow();
    const call = { traceId: 'a'.repeat(32), deadlineAt: Date.now() + 500 };
    const work = runInContext(call, () => context.get(Transactions).run((tx) => tx.query('SELECT 1')));
    await expect(work).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    expect(await films(context).find()).toEqual([]);
    await eventually(() => isReady(context));
  });

  it('lost in a transaction is told as away', async () => {
    await proxy.open();
    const context = await start(proxied);
    await context.get(Database).whenReady();
    const lost = context.get(Transactions).run(async (tx) => {
      proxy.cut();
      await tx.query('SELECT 1');
    });
    await expect(lost).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  });

  it('lost between two statements is told as away; a runner that was given back is a fault of ours', async () => {
    await proxy.open();
    const context = await start(proxied);
    await context.get(Database).whenReady();
    const runner = films(context).manager.connection.createQueryRunner();
    await runner.query('SELECT 1');
    proxy.cut();
    await eventually(() => runner.isReleased);
    await expect(runner.query('SELECT 1')).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    await runner.release();
    await expect(runner.query('SELECT 1')).rejects.toThrow('already released');
  });

  it('commits all of a transaction or nothing, and leaves errors about the data to who asked', async () => {
    const context = await start(database.url);
    await context.get(Database).whenReady();
    const transactions = context.get(Transactions);
    await transactions.run((tx) => tx.insert(FilmEntity, { filmId: 'sintel', runtimeMinutes: 15 }));
    const failure = await transactions
      .run(async (tx) => {
        await tx.insert(FilmEntity, { filmId: 'bunny', runtimeMinutes: 10 });
        await tx.insert(FilmEntity, { filmId: 'sintel', runtimeMinutes: 15 });
      })
      .catch((error: unknown) => error);
    expect(sqlStateOf(failure)).toBe('23505');
    expect(await films(context).find()).toEqual([{ filmId: 'sintel', runtimeMinutes: 15 }]);
  });

  it('gives up a statement at the deadline of its call, and work that ended behind it', async () => {
    const context = await start(database.url);
    await context.get(Database).whenReady();
    const within = <Result>(deadlineAt: number, work: () => Promise<Result>) =>
      runInContext({ traceId: 'a'.repeat(32), deadlineAt }, work);
    const transactions = context.get(Transactions);
    const late = within(Date.now() + 200, () => transactions.run((tx) => tx.query('SELECT pg_sleep(60)')));
    await expect(late).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    const over = within(Date.now() - 1, () => transactions.run(() => Promise.resolve()));
    await expect(over).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  it('gives up a plain read at the deadline of its call, and the next one is free of it', async () => {
    const context = await start(database.url, 1);
    await context.get(Database).whenReady();
    const sleep = (deadlineAt: number, seconds: number) =>
      runInContext({ traceId: 'a'.repeat(32), deadlineAt }, () => films(context).query(`SELECT pg_sleep(${seconds})`));
    await expect(sleep(Date.now() + 200, 60)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await expect(sleep(Date.now() - 1, 0)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await expect(films(context).query('SELECT pg_sleep(1.1)')).resolves.toHaveLength(1);
  });

  it('is given back wholly at the end, after the work in flight', async () => {
    const context = await start(database.url);
    await context.get(Database).whenReady();
    let started = (): void => undefined;
    const hasStarted = new Promise<void>((resolve) => (started = resolve));
    const working = context.get(Transactions).run(async (tx) => {
      started();
      await tx.query('SELECT pg_sleep(0.2)');
      await tx.insert(FilmEntity, { filmId: 'late', runtimeMinutes: 1 });
    });
    await hasStarted;
    app = undefined;
    await Promise.all([working, context.close()]);
    expect(await database.query('SELECT film_id FROM film')).toEqual([{ film_id: 'late' }]);
    const others = await database.query(
      'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    expect(others).toEqual([]);
  });

  it('transactions that take the same advisory lock run one after the other; other keys and locks run concurrently', async () => {
    const context = await start(database.url);
    await context.get(Database).whenReady();
    const order: string[] = [];
    let unlock = (): void => undefined;
    const isUnlocked = new Promise<void>((resolve) => (unlock = resolve));
    const first = context.get(Transactions).run(async (tx) => {
      await lockInTransaction(tx, 'accountUploads', 'ada');
      order.push('first');
      await isUnlocked;
    });
    await eventually(() => order.length === 1);
    const take = (name: string, ...lock: [keyof typeof ADVISORY_LOCKS, string]) =>
      context.get(Transactions).run((tx) => lockInTransaction(tx, ...lock).then(() => void order.push(name)));
    const second = take('second', 'accountUploads', 'ada');
    await take('other key', 'accountUploads', 'eve');
    await take('other lock', 'accountPlayback', 'ada');
    unlock();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'other key', 'other lock', 'second']);
  });

  it('a session keeps its advisory lock until its connection closes', async () => {
    const [holder, other] = [new pg.Client(database.url), new pg.Client(database.url)];
    await Promise.all([holder.connect(), other.connect()]);
    expect(await tryLockInSession(holder, 'outboxRelay')).toBe(true);
    expect(await tryLockInSession(other, 'outboxRelay')).toBe(false);
    await holder.end();
    await eventually(() => tryLockInSession(other, 'outboxRelay'));
    await other.end();
  });

  it('the ids of advisory locks are unique', () => {
    const ids = Object.values(ADVISORY_LOCKS);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has the schema of its entities, or the difference is told', async () => {
    expect(await checkMigrationDrift({ ...schema, url: database.url })).toEqual([]);
    const missing = await checkMigrationDrift({ ...schema, migrations: [], url: database.url });
    expect(missing.join()).toContain('CREATE TABLE "film"');
  });
});
