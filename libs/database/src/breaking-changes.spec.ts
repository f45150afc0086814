import type { QueryRunner } from 'typeorm';
import { findBreakingChanges, type ContractStep, type MigrationClass } from './index.js';

function migration(statements: readonly string[], contractStep?: ContractStep, transaction?: boolean): MigrationClass {
  return class Step1700000000000 {
    static readonly contractStep = contractStep;
    readonly transaction = transaction;

    async up(runner: QueryRunner): Promise<void> {
      for (const statement of statements) await runner.query(statement);
    }

    async down(): Promise<void> {}
  };
}

describe('findBreakingChanges', () => {
  it.each([
    'DROP TABLE film',
    'ALTER TABLE film DROP COLUMN runtime',
    'alter table "film" drop "runtime"',
    'ALTER TABLE film RENAME COLUMN runtime TO runtime_minutes',
    'ALTER TABLE film RENAME TO films',
    'ALTER TABLE film ALTER COLUMN runtime TYPE bigint',
    'ALTER TABLE film ALTER runtime SET DATA TYPE bigint',
    'ALTER TABLE film ALTER COLUMN runtime SET NOT NULL',
    'ALTER TABLE film ALTER COLUMN runtime DROP DEFAULT',
    'ALTER TABLE film ADD COLUMN score real NOT NULL',
    'ALTER TABLE film ADD COLUMN score numeric(5, 2) NOT NULL',
    'ALTER TABLE film ADD COLUMN year integer, ADD COLUMN score real NOT NULL',
    'ALTER TABLE film ADD CONSTRAINT film_runtime CHECK (runtime > 0) NOT VALID',
    'CREATE INDEX film_by_name ON film (name)',
    'CREATE UNIQUE INDEX CONCURRENTLY film_by_name ON film (name)',
    'DROP INDEX film_by_name',
    'TRUNCATE film',
  ])('rejects: %s', async (statement) => {
    expect(await findBreakingChanges([migration([statement], undefined, false)])).toHaveLength(1);
  });

  it.each([
    'ALTER TABLE film ADD COLUMN score real',
    "ALTER TABLE film ADD COLUMN state text NOT NULL DEFAULT 'new', ADD COLUMN year integer",
    'ALTER TABLE film ADD COLUMN score numeric(5, 2) NOT NULL DEFAULT 0, ADD COLUMN year integer',
    'ALTER TABLE film ALTER COLUMN runtime DROP NOT NULL',
    'ALTER TABLE film DROP CONSTRAINT film_runtime',
    'ALTER TABLE film SET (autovacuum_vacuum_threshold = 5000)',
    'CREATE INDEX CONCURRENTLY film_by_name ON film (name)',
    'DROP INDEX IF EXISTS film_by_name; CREATE INDEX CONCURRENTLY film_by_name ON film (name)',
    'CREATE TABLE person (id uuid NOT NULL); CREATE UNIQUE INDEX person_id ON person (id)',
  ])('accepts: %s', async (statement) => {
    expect(await findBreakingChanges([migration([statement], undefined, false)])).toEqual([]);
  });

  it('accepts a migration that declares a contract step', async () => {
    const step = { unusedSince: '0.2.0', reason: 'replaced by runtime_minutes' };
    expect(await findBreakingChanges([migration(['ALTER TABLE film DROP COLUMN runtime'], step)])).toEqual([]);
  });

  it('requires transaction = false to build an index concurrently', async () => {
    const [finding] = await findBreakingChanges([migration(['CREATE INDEX CONCURRENTLY film_by_name ON film (name)'])]);
    expect(finding).toContain('transaction = false');
  });

  it('requires transaction = false to build an index of a new table concurrently', async () => {
    const statements = ['CREATE TABLE person (id uuid)', 'CREATE INDEX CONCURRENTLY person_id ON person (id)'];
    expect(await findBreakingChanges([migration(statements)])).toEqual([
      expect.stringMatching(/person_id .*: needs transaction = false$/),
    ]);
    expect(await findBreakingChanges([migration(statements, undefined, false)])).toEqual([]);
  });

  it('requires transaction = false to drop an index concurrently in a contract step', async () => {
    const step = { unusedSince: '0.2.0', reason: 'replaced by film_by_name' };
    const statements = ['DROP INDEX CONCURRENTLY film_by_year'];
    expect(await findBreakingChanges([migration(statements, step)])).toEqual([
      expect.stringContaining('needs transaction = false'),
    ]);
    expect(await findBreakingChanges([migration(statements, step, false)])).toEqual([]);
  });
});
