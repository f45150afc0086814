import type { QueryRunner } from 'typeorm';
import type { MigrationClass } from './database-options.js';

/** Statements on existing tables that make the previous version fail, or block its writes for a long time. */
const BREAKING: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^DROP (TABLE|VIEW|MATERIALIZED VIEW|TYPE|SCHEMA|FUNCTION|SEQUENCE)\b/, 'removes an object that old code can use'],
  [/^TRUNCATE\b/, 'deletes rows that old code can use'],
  [/\bRENAME\b/, 'removes the name that old code uses'],
  [/^ALTER TABLE .*\bDROP (COLUMN )?(?!CONSTRAINT\b|NOT NULL\b|DEFAULT\b|EXPRESSION\b|IDENTITY\b)/, 'drops a column'],
  [
    /\bALTER (COLUMN )?\S+ (SET DATA )?TYPE\b/,
    'rewrites the table under a lock, and old code can fail on the new type',
  ],
  [/\bSET NOT NULL\b/, 'old code can write NULL'],
  [/\bDROP DEFAULT\b/, 'old code can rely on the default'],
  [
    /\bADD (COLUMN )?(?!CONSTRAINT\b)\S+ (?=(\([^)]*\)|[^,])*?\bNOT NULL\b)(?!(\([^)]*\)|[^,])*?\b(DEFAULT|GENERATED)\b)/,
    'old code omits the column',
  ],
  [
    /\bADD (CONSTRAINT|PRIMARY KEY|UNIQUE|CHECK|FOREIGN KEY)\b/,
    'old code can write values that violate the constraint',
  ],
  [/^CREATE UNIQUE INDEX\b/, 'old code can write values that violate the index'],
  [
    /^CREATE INDEX (?!CONCURRENTLY\b)/,
    'blocks writes while the index is built: use CONCURRENTLY with transaction = false',
  ],
  [/^DROP INDEX\b/, 'old code can need the index for ON CONFLICT, or for performance'],
];

const TABLE_NAME =
  /^(?:ALTER TABLE|CREATE (?:UNIQUE )?INDEX .*? ON|TRUNCATE(?: TABLE)?|DROP TABLE) (?:IF EXISTS )?(?:ONLY )?"?(\w+)"?/;

/**
 * Finds statements that would break replicas of the previous version, which run concurrently with new ones during an
 * upgrade, and again after a rollback. A migration that declares a contract step is exempt. In all migrations, also
 * finds statements that need `transaction = false`.
 *
 * @returns one line per finding: the migration, the statement, and the reason
 */
export async function findBreakingChanges(migrations: readonly MigrationClass[]): Promise<string[]> {
  const findings: string[] = [];
  for (const migration of migrations) {
    const statements = await recordStatements(migration);
    if (new migration().transaction !== false) {
      for (const sql of statements.filter((each) => /\bCONCURRENTLY\b/.test(each))) {
        findings.push(`${migration.name}: ${sql.slice(0, 120)}: needs transaction = false`);
      }
    }
    if (migration.contractStep) continue;
    const ownTables = statements.flatMap((sql) => /^CREATE TABLE (?:IF NOT EXISTS )?"?(\w+)"?/.exec(sql)?.[1] ?? []);
    const ownIndexes = statements.flatMap(
      (sql) => /^CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?"?(\w+)"?/.exec(sql)?.[1] ?? [],
    );
    for (const sql of statements) {
      const table = TABLE_NAME.exec(sql)?.[1];
      if (table !== undefined && ownTables.includes(table)) continue;
      const dropped = /^DROP INDEX (?:CONCURRENTLY )?(?:IF EXISTS )?"?(\w+)"?/.exec(sql)?.[1];
      if (dropped !== undefined && ownIndexes.includes(dropped)) continue;
      for (const [pattern, reason] of BREAKING) {
        if (pattern.test(sql)) findings.push(`${migration.name}: ${sql.slice(0, 120)}: ${reason}`);
      }
    }
  }
  return findings;
}

/** Returns the statements of a migration without a database: one line each, without comments, with uppercase keywords. */
async function recordStatements(migration: MigrationClass): Promise<string[]> {
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
