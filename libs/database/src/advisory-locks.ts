import type { ClientBase } from 'pg';
import type { Transaction } from './transactions.js';

/**
 * The advisory locks of the services' databases. PostgreSQL identifies a lock by two numbers: the id in this table, and
 * the hash of a key. Keys with the same hash share a lock, which delays one of them and does no other harm.
 */
export const ADVISORY_LOCKS = {
  /** Migrations of the database. */
  migrations: 1,
  /** Leadership of the outbox relay. */
  outboxRelay: 2,
  /** Outbox rows of one topic and key. */
  outboxKey: 3,
  /** Rebuild of one projection. */
  projectionRebuild: 5,
  /** Creation of signing keys. */
  signingKey: 6,
  /** Open uploads of one account. */
  accountUploads: 7,
  /** Playback sessions of one account. */
  accountPlayback: 8,
  /** Exclusive while the outbox relay waits for a notification. Shared by transactions that do not notify it. */
  outboxRelayWaiting: 9,
  /** Refresh of the home rows. */
  homeRefresh: 10,
  /** Changes of titles by editors. One at a time, so that slugs, external IDs, and people are unique. */
  titleEditing: 11,
  /** Profiles of one account. */
  accountProfiles: 12,
  /** Links that one account receives by mail. */
  mailLinks: 13,
  /** Wrong passwords for one email. */
  passwordFailures: 15,
  /** The list of one profile. */
  myList: 16,
  /** Requests with one idempotency key. */
  idempotencyKey: 17,
  /** Watch parties of one account. */
  accountParties: 18,
  /** Webhooks of one account. */
  accountWebhooks: 19,
  /** Claims of webhook deliveries. One at a time, so that each counts the leases of the others. */
  webhookClaims: 20,
} as const;

export type AdvisoryLock = keyof typeof ADVISORY_LOCKS;

/** Waits for a lock and keeps it until the transaction ends. Raw SQL: TypeORM has no advisory locks. */
export async function lockInTransaction(tx: Transaction, lock: AdvisoryLock, key = ''): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [ADVISORY_LOCKS[lock], key]);
}

/**
 * Tries to take a lock, without waiting, and keeps it until the transaction ends.
 *
 * @returns false if another transaction or connection has the lock
 */
export async function tryLockInTransaction(tx: Transaction, lock: AdvisoryLock, key = ''): Promise<boolean> {
  const rows = await tx.query<{ isLocked: boolean }[]>(
    'SELECT pg_try_advisory_xact_lock($1, hashtext($2)) AS "isLocked"',
    [ADVISORY_LOCKS[lock], key],
  );
  return rows[0]?.isLocked === true;
}

/**
 * Tries to take a lock that the connection keeps until it closes. Does not wait: a waiting statement would keep a
 * snapshot open, which blocks vacuum and concurrent index builds.
 *
 * @returns false if another connection has the lock
 */
export async function tryLockInSession(connection: ClientBase, lock: AdvisoryLock, key = ''): Promise<boolean> {
  const { rows } = await connection.query<{ isLocked: boolean }>(
    'SELECT pg_try_advisory_lock($1, hashtext($2)) AS "isLocked"',
    [ADVISORY_LOCKS[lock], key],
  );
  return rows[0]?.isLocked === true;
}

/** Releases a lock that `tryLockInSession` took. */
export async function unlockInSession(connection: ClientBase, lock: AdvisoryLock, key = ''): Promise<void> {
  await connection.query('SELECT pg_advisory_unlock($1, hashtext($2))', [ADVISORY_LOCKS[lock], key]);
}
