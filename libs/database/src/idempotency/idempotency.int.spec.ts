import 'reflect-metadata';
import { Controller, Module } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { CodedError, userV1 } from '@viernes/contracts';
import {
  Access,
  currentContext,
  LATEST,
  newTraceId,
  POSITION,
  runInContext,
  type RequestContext,
} from '@viernes/platform';
import { runWithKey, startTestServer, type TestServer } from '@viernes/platform/testing';
import { createTestDatabase, eventually, type TestDatabase } from '@viernes/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  DatabaseModule,
  Idempotent,
  IDEMPOTENCY_ENTITIES,
  IDEMPOTENCY_MIGRATIONS,
  IdempotencyModule,
  Reads,
  RowCleanups,
  Transactions,
  checkMigrationDrift,
} from '../index.js';

type Work = (transactions: Transactions, reads: Reads, text: string) => Promise<string>;

const { UserServiceService: methods } = userV1;

class CreateNote1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE note (text text NOT NULL)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE note');
  }
}

/** Inserts the text of the request. */
const insertNote: Work = async (transactions, _reads, text) => {
  await transactions.run((tx) => tx.query('INSERT INTO note (text) VALUES ($1)', [text]));
  return `inserted ${text}`;
};

let work: Work = insertNote;

/** Implements methods of another service, because they have texts in their requests and responses. */
@Controller()
@Access('public')
class NoteController {
  constructor(
    private readonly transactions: Transactions,
    private readonly reads: Reads,
  ) {}

  @GrpcMethod('UserService', 'startPasskeyRegistration')
  @Idempotent(methods.startPasskeyRegistration)
  async insert(
    @Payload() { password: text }: userV1.StartPasskeyRegistrationRequest,
  ): Promise<userV1.StartPasskeyRegistrationResponse> {
    return { optionsJson: await work(this.transactions, this.reads, text) };
  }

  @GrpcMethod('UserService', 'deleteAccount')
  @Idempotent(methods.deleteAccount)
  async insertOther(@Payload() { password: text }: userV1.DeleteAccountRequest): Promise<userV1.DeleteAccountResponse> {
    return { endedSessionIds: [await work(this.transactions, this.reads, text)] };
  }
}

const schema = {
  entities: IDEMPOTENCY_ENTITIES,
  migrations: [CreateNote1700000000000, ...IDEMPOTENCY_MIGRATIONS],
};

@Module({ controllers: [NoteController] })
class NoteModule {}

async function startReplica(url: string, isInProcess: boolean): Promise<TestServer> {
  // The URL of the primary replaces that of a replica, because no test reads from a replica.
  const replica = { url, maxLagSeconds: 1 };
  const imports = [DatabaseModule.forRoot({ ...schema, url, replica }), IdempotencyModule, NoteModule];
  const server = await startTestServer({
    module: { module: class Root {}, imports },
    definitions: { 'viernes.user.v1.UserService': methods },
    isInProcess,
  });
  await eventually(() => server.readiness.report().isReady);
  return server;
}

describe.each([
  { transport: 'over gRPC', isInProcess: false },
  { transport: 'in the same process', isInProcess: true },
])('calls with an idempotency key $transport', ({ isInProcess }) => {
  let database: TestDatabase;
  let replicas: readonly TestServer[];
  let releaseWork = (): void => undefined;

  beforeAll(async () => {
    database = await createTestDatabase();
    replicas = [await startReplica(database.url, isInProcess), await startReplica(database.url, isInProcess)];
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    await database.drop();
  });
  beforeEach(async () => {
    work = insertNote;
    await database.query('TRUNCATE note, idempotent_response');
  });

  // Otherwise, the server could not stop after a failed expectation.
  afterEach(() => releaseWork());

  const client = (replica = 0) => {
    const server = replicas[replica];
    if (!server) throw new Error(`there is no replica ${replica}`);
    return server.client(methods);
  };
  const insert = (text: string, key?: string, replica?: number) =>
    runWithKey(key, () => client(replica).startPasskeyRegistration({ password: text }));
  const insertOther = (text: string, key: string) => runWithKey(key, () => client().deleteAccount({ password: text }));
  const listNotes = async () =>
    (await database.query<{ text: string }>('SELECT text FROM note ORDER BY text')).map(({ text }) => text);
  /** Blocks the work of the next call after its transactions. */
  const blockWork = (then: Work = insertNote): { started: () => Promise<void>; release: () => void } => {
    let release = (): void => undefined;
    releaseWork = () => release();
    const released = new Promise<void>((resolve) => (release = resolve));
    let hasStarted = false;
    work = async (...parts) => {
      const result = await then(...parts);
      hasStarted = true;
      await released;
      return result;
    };
    return { started: () => eventually(() => hasStarted).then(() => undefined), release };
  };

  it('the table has the schema of its entity', async () => {
    const entities = { url: database.url, entities: schema.entities, migrations: IDEMPOTENCY_MIGRATIONS };
    expect(await checkMigrationDrift(entities)).toEqual([]);
  });

  it('equal calls have one effect, and the same response on each replica', async () => {
    const response = { optionsJson: 'inserted Faust' };
    expect(await insert('Faust', 'key')).toEqual({ response, isReplayed: false });
    work = () => Promise.resolve('another response');
    expect(await insert('Faust', 'key')).toEqual({ response, isReplayed: true });
    expect(await insert('Faust', 'key', 1)).toEqual({ response, isReplayed: true });
    expect(await listNotes()).toEqual(['Faust']);
  });

  it('each call without a key, or with another key, has an effect', async () => {
    for (const key of [undefined, undefined, 'one', 'two']) {
      expect(await insert('Faust', key)).toMatchObject({ isReplayed: false });
    }
    expect(await listNotes()).toEqual(['Faust', 'Faust', 'Faust', 'Faust']);
  });

  it('returns IDEMPOTENCY_KEY_REUSED for another request or method', async () => {
    await insert('Faust', 'key');
    const reused = { code: 'IDEMPOTENCY_KEY_REUSED' };
    await expect(insert('Nosferatu', 'key')).rejects.toMatchObject(reused);
    await expect(insertOther('Faust', 'key')).rejects.toMatchObject(reused);
    expect(await listNotes()).toEqual(['Faust']);
  });

  it('returns IDEMPOTENCY_KEY_IN_USE while an equal call runs on any replica', async () => {
    const { started, release } = blockWork();
    const first = insert('Faust', 'key');
    await started();
    for (const replica of [0, 1]) {
      await expect(insert('Faust', 'key', replica)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_IN_USE' });
    }
    release();
    await first;
    expect(await insert('Faust', 'key', 1)).toMatchObject({ isReplayed: true });
    expect(await listNotes()).toEqual(['Faust']);
  });

  it('a hundred concurrent calls on two replicas have one effect', async () => {
    const calls = Array.from({ length: 100 }, (_, index) => insert('Faust', 'key', index % 2));
    const results = await Promise.allSettled(calls);
    const codes = results.flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as CodedError).code] : [],
    );
    expect(new Set(codes)).toEqual(new Set(['IDEMPOTENCY_KEY_IN_USE']));
    expect(codes.length).toBeLessThan(100);
    expect(await listNotes()).toEqual(['Faust']);
  });

  it('runs a repeated call after an error, even with a corrected request', async () => {
    work = () => Promise.reject(new CodedError('PROFILE_LIMIT_REACHED'));
    await expect(insert('Faust', 'key')).rejects.toMatchObject({ code: 'PROFILE_LIMIT_REACHED' });
    work = insertNote;
    expect(await insert('Nosferatu', 'key')).toMatchObject({ isReplayed: false });
    expect(await listNotes()).toEqual(['Nosferatu']);
  });

  it('commits the transactions before an error, such as a counted attempt, and rolls back the failed one', async () => {
    work = async (transactions, reads) => {
      await insertNote(transactions, reads, 'attempt');
      return transactions.run(async (tx) => {
        await tx.query(`INSERT INTO note (text) VALUES ('rolled back')`);
        throw new CodedError('PASSWORD_WRONG');
      });
    };
    await expect(insert('', 'key')).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    await expect(insert('', 'key')).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    expect(await listNotes()).toEqual(['attempt', 'attempt']);
  });

  it('commits several transactions of a call together, and shows the call its own changes before the commit', async () => {
    const { started, release } = blockWork(async (transactions, reads) => {
      await insertNote(transactions, reads, 'one');
      await insertNote(transactions, reads, 'two');
      return JSON.stringify(await reads.run({ text: 'SELECT text FROM note ORDER BY text' }));
    });
    const call = insert('', 'key');
    await started();
    expect(await listNotes()).toEqual([]);
    release();
    expect((await call).response).toEqual({ optionsJson: '[{"text":"one"},{"text":"two"}]' });
    expect(await listNotes()).toEqual(['one', 'two']);
  });

  it('rolls back a call whose response cannot be stored before the deadline', async () => {
    work = async (...parts) => {
      const done = await insertNote(...parts);
      const { deadlineAt = 0 } = currentContext();
      await eventually(() => Date.now() > deadlineAt);
      return done;
    };
    const call = runInContext({ traceId: newTraceId(), idempotencyKey: 'key', deadlineAt: Date.now() + 1_500 }, () =>
      client().startPasskeyRegistration({ password: 'Faust' }),
    );
    await expect(call).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    work = insertNote;
    await eventually(() => insert('Nosferatu', 'key'));
    expect(await listNotes()).toEqual(['Nosferatu']);
  });

  describe('that commit a step', () => {
    const insertStep: Work = async (transactions, reads, text) => {
      const done = await insertNote(transactions, reads, text);
      await transactions.commitStep();
      return done;
    };

    it('returns IDEMPOTENCY_KEY_IN_USE until a call that commits a step has finished, and then the same response', async () => {
      const { started, release } = blockWork(insertStep);
      const first = insert('Faust', 'key');
      await started();
      expect(await listNotes()).toEqual(['Faust']);
      for (const replica of [0, 1]) {
        await expect(insert('Faust', 'key', replica)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_IN_USE' });
      }
      await expect(insert('Nosferatu', 'key', 1)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
      release();
      const { response } = await first;
      expect(await insert('Faust', 'key', 1)).toEqual({ response, isReplayed: true });
    });

    it('runs a call that commits a step again immediately after an error, even after one at the deadline', async () => {
      work = async (...parts) => {
        await insertStep(...parts);
        const { deadlineAt = 0 } = currentContext();
        await eventually(() => Date.now() > deadlineAt);
        throw new CodedError('DEPENDENCY_UNAVAILABLE');
      };
      const context = { traceId: newTraceId(), idempotencyKey: 'key', deadlineAt: Date.now() + 1_500 };
      const failed = runInContext(context, () => client().startPasskeyRegistration({ password: 'one' }));
      await expect(failed).rejects.toBeInstanceOf(CodedError);
      await eventually(async () => (await database.query('SELECT 1 FROM idempotent_response')).length === 0);
      work = insertNote;
      expect(await insert('two', 'key', 1)).toMatchObject({ isReplayed: false });
    });

    it('runs a call that commits a step again a minute after its process was killed', async () => {
      const { started, release } = blockWork(insertStep);
      const killed = insert('one', 'key');
      await started();
      await database.query(`UPDATE idempotent_response SET created_at = now() - interval '61 seconds'`);
      work = insertNote;
      expect(await insert('two', 'key', 1)).toMatchObject({ isReplayed: false });
      release();
      await killed;
    });
  });

  it('returns the position of the commit, even with a stored response', async () => {
    for (const isReplayed of [false, true]) {
      const context: RequestContext = { traceId: newTraceId(), idempotencyKey: 'key', position: LATEST };
      await runInContext(context, () => client().startPasskeyRegistration({ password: 'Faust' }));
      expect(context).toMatchObject({ position: expect.stringMatching(POSITION) });
      expect(context.isReplayed ?? false).toBe(isReplayed);
    }
  });

  it('stores neither the key nor the texts of the request and the response', async () => {
    work = () => Promise.resolve('a secret token');
    await insert('a secret password', 'a secret key');
    const rows = await database.query<{ row: string }>(
      `SELECT encode(id || fingerprint || response, 'escape') AS row FROM idempotent_response`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain('secret');
  });

  it('deletes idempotency keys after 24 hours', async () => {
    for (const key of ['old', 'new']) await insert(key, key);
    await database.query(
      `UPDATE idempotent_response SET created_at = now() - interval '25 hours'
       WHERE id = (SELECT id FROM idempotent_response ORDER BY created_at LIMIT 1)`,
    );
    await replicas[0]?.app.get(RowCleanups, { strict: false }).run();
    expect(await insert('new', 'new')).toMatchObject({ isReplayed: true });
    expect(await insert('old', 'old')).toMatchObject({ isReplayed: false });
  });
});
