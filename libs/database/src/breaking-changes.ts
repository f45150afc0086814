import type { QueryRunner } from 'typeorm';
import type { MigrationClass } from './database-options.js';

/** On a table that is there already. What is refused makes code of the version before fail, or stops its writes for long. */
const REFUSED: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^DROP (TABLE|VIEW|MATERIALIZED VIEW|TYPE|SCHEMA|FUNCTION|SEQUENCE)\b/, 'takes away what old code may use'],
  [/^TRUNCATE\b/, 'takes away what old code may use'],
  [/\bRENAME\b/, 'takes away the name that old code uses'],
  [/^ALTER TABLE .*\bDROP (COLUMN )?(?!CONSTRAINT\b|NOT NULL\b|DEFAULT\b|EXPRESSION\b|IDENTITY\b)/, 'drops a column'],
  [
    /\bALTER (COLUMN )?\S+ (SET DATA )?TYPE\b/,
    'rewrites the table under a lock, and old code may not read the new type',
  ],
  [/\bSET NOT NULL\b/, 'old code may write no value'],
  [/\bDROP DEFAULT\b/, 'old code may leave the value to the default'],
  [
    /\bADD (COLUMN )?(?!CONSTRAINT\b)\S+ (?=[^,]*\bNOT NULL\b)(?![^,]*\b(DEFAULT|GENERATED)\b)/,
    'old code writes no value',
  ],
  [/\bADD (CONSTRAINT|PRIMARY KEY|UNIQUE|CHECK|FOREIGN KEY)\b/, 'old code may write what the constraint forbids'],
  [/^CREATE UNIQUE INDEX\b/, 'old code may write what the index forbids'],
  [/^CREATE INDEX (?!CONCURRENTLY\b)/, 'stops writes while the index is built: CONCURRENTLY, with transaction = false'],
  [/^DROP INDEX\b/, 'old code may need the index, for an ON CONFLICT or to be fast enough'],
];

const TABLE_OF =
  /^(?:ALTER TABLE|CREATE (?:UNIQUE )?INDEX .*? ON|TRUNCATE(?: TABLE)?|DROP TABLE) (?:IF EXISTS )?(?:ONLY )?"?(\w+)"?/;

/**
 * What of these migrations would break replicas of the version before, which go on for a while beside new ones, and again
 * after a rollback. A migration may declare itself a contract step: then nothing in it is refused.
 *
 * @returns one line for each fault: the migration, the statement, and why it is refused
 */
export async function findBreakingChanges(migrations: readonly MigrationClass[]): Promise<string[]> {
  const faults: string[] = [];
  for (const migration of migrations) {
    if (migration.contractStep) continue;
    const statements = await statementsOf(migration);
    const ownTables = statements.flatMap((sql) => /^CREATE TABLE (?:IF NOT EXISTS )?"?(\w+)"?/.exec(sql)?.[1] ?? []);
    const ownIndexes = statements.flatMap(
      (sql) => /^CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?"?(\w+)"?/.exec(sql)?.[1] ?? [],
    );
    for (const sql of statements) {
      const table = TABLE_OF.exec(sql)?.[1];
      if (table !== undefined && ownTables.includes(table)) continue;
      const dropped = /^DROP INDEX (?:CONCURRENTLY )?(?:IF EXISTS )?"?(\w+)"?/.exec(sql)?.[1];
      if (dropped !== undefined && ownIndexes.includes(dropped)) continue;
      for (const [pattern, reason] of REFUSED) {
        if (pattern.test(sql)) faults.push(`${migration.name}: ${sql.slice(0, 120)}: ${reason}`);
      }
      const needsNoTransaction = /\bCONCURRENTLY\b/.test(sql) && new migration().transaction !== false;
      if (needsNoTransaction) faults.push(`${migration.name}: ${sql.slice(0, 120)}: needs transaction = false`);
    }
  }
  return faults;
}

/** What the migration would run, without a database: each statement on one line, without comments, keywords in capitals. */
async function statementsOf(migration: MigrationClass): Promise<string[]> {
  const texts: string[] = [];
  const recorder = {
    query: (text: string) => {
      texts.push(text);
      return Promise.resolve([]);
    },
  };
  await new migration().up(recorder as unknown as QueryRunner);
  return texts
    .flatMap((text) => text.replace(/--.*$/gm, '').split(';'))
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '')
    .map((text) => text.replace(KEYWORDS, (word) => word.toUpperCase()));
}

const KEYWORDS =
  /\b(create|unique|index|concurrently|table|alter|column|add|drop|rename|type|set|data|not|null|default|constraint|primary|foreign|key|check|truncate|if|exists|only|on|generated|view|materialized|schema|function|sequence)\b/gi;
