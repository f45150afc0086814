import { CodedError, type ErrorCode } from '@viernes/contracts';
import pg from 'pg';
import { QueryFailedError } from 'typeorm';

/** By SQLSTATE, or by its first two characters (its class). */
const CODES: Readonly<Record<string, ErrorCode>> = {
  '57014': 'DEADLINE_EXCEEDED', // query_canceled: statement_timeout
  '25P03': 'DEADLINE_EXCEEDED', // idle_in_transaction_session_timeout
  '25P04': 'DEADLINE_EXCEEDED', // transaction_timeout
  '25006': 'DEPENDENCY_UNAVAILABLE', // read_only_sql_transaction: we reached a standby during a failover
  '08': 'DEPENDENCY_UNAVAILABLE', // connection exceptions
  '57': 'DEPENDENCY_UNAVAILABLE', // shutdown, crash, not accepting connections yet
  '53': 'OVERLOADED', // out of connections, memory or disk
  '40': 'OVERLOADED', // deadlock or serialization failure: the same work may well succeed a moment later
  '55P03': 'OVERLOADED', // lock_not_available
};

/**
 * What an error of a query means to a caller who can do nothing about the database: too late, away or busy. Errors about
 * the data itself (a unique violation, say) come back as they are, since only the code that asked can name them.
 *
 * @see PostgreSQL manual, appendix A for the SQLSTATEs
 */
export function toDatabaseError(error: unknown): unknown {
  if (!(error instanceof QueryFailedError)) return error;
  const reason: unknown = error.driverError;
  // Not an answer of the server: the connection broke while the query was under way.
  if (!(reason instanceof pg.DatabaseError))
    return new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'database' }, { cause: error });
  const sqlState = reason.code ?? '';
  const code = CODES[sqlState] ?? CODES[sqlState.slice(0, 2)];
  return code ? new CodedError(code, { dependency: 'database', sqlState }, { cause: error }) : error;
}

/** The SQLSTATE of a failed query, undefined for any other error. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  const reason: unknown = error.driverError;
  return reason instanceof pg.DatabaseError ? reason.code : undefined;
}
