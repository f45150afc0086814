export { ExportPageRequest, readExportPage, type ExportPage } from './account-export/export-page.js';
export { exportedTable, type ExportedTable } from './account-export/exported-table.js';
export {
  ADVISORY_LOCKS,
  lockInTransaction,
  tryLockInSession,
  unlockInSession,
  tryLockInTransaction,
  type AdvisoryLock,
} from './advisory-locks.js';
export { bigintAsNumber } from './bigint-column.js';
export { QueryError } from './database-error.js';
export { Database } from './database.js';
export { DatabaseModule } from './database.module.js';
export { type ContractStep, type DatabaseOptions, type EntityClass, type MigrationClass } from './database-options.js';
export { Idempotent } from './idempotency/idempotent.js';
export { IdempotencyModule } from './idempotency/idempotency.module.js';
export { IDEMPOTENCY_ENTITIES, IDEMPOTENCY_MIGRATIONS } from './idempotency/idempotency.schema.js';
export { migrate } from './migrate.js';
export { findBreakingChanges } from './breaking-changes.js';
export { checkMigrationDrift } from './migration-drift.js';
export { Notifications, type NotificationListener } from './notifications.js';
export { Reads, type ReadStatement } from './reads.js';
export { RowCleanups, type OldRows } from './row-cleanups.js';
export { textArray } from './text-array.js';
export { queryPrepared, Transactions, type Transaction } from './transactions.js';
