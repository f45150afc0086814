import type { MigrationClass } from '@viernes/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { TitleNameOrder } from '../title/title-name-order.js';

/**
 * Returns the migration that creates the order of names of one language. Each language of the translations has a
 * separate migration, so that a language that is added later gets its order at the next start.
 */
export function createTitleNameOrder({ language, collation, index, icuLocale }: TitleNameOrder): MigrationClass {
  return class implements MigrationInterface {
    readonly name = `TitleNameOrder_${language}_1763800000000`;
    /** The index is built while other replicas write. */
    readonly transaction = false;

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(`CREATE COLLATION IF NOT EXISTS ${collation} (provider = icu, locale = '${icuLocale}')`);
      // An interrupted build leaves an invalid index.
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}`);
      await runner.query(`CREATE INDEX CONCURRENTLY ${index} ON title (name COLLATE ${collation}, id)`);
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.query(`DROP INDEX ${index}`);
      await runner.query(`DROP COLLATION ${collation}`);
    }
  };
}
