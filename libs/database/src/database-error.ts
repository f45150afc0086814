import { CodedError, type ErrorCode } from '@viernes/contracts';
import pg from 'pg';
import { QueryFailedError } from 'typeorm';

/** Error codes by SQLSTATE, or by its first two characters (its class). */
const CODES: Readonly<Record<string, ErrorCode>> = {
  '57014': 'DEADLINE_EXCEEDED', // query_canceled: statement_timeout
  '25P03': 'DEADLINE_EXCEEDED', // idle_in_transaction_session_timeout
  '25P04': 'DEADLINE_EXCEEDED', // transaction_timeout
  '25006': 'DEPENDENCY_UNAVAILABLE', // read_only_sql_transaction: the connection leads to a standby during a failover
  '08': 'DEPENDENCY_UNAVAILABLE', // connection exceptions
  '57': 'DEPENDENCY_UNAVAILABLE', // shutdown, crash, not accepting connections yet
  '53': 'OVERLOADED', // out of connections, memory or disk
  '40': 'OVERLOADED', // deadlock or serialization failure: a retry can succeed
  '55P03': 'OVERLOADED', // lock_not_available
};

/** SQLSTATE classes whose messages name tables, columns, and constraints, but never values. */
const CLASSES_WITHOUT_VALUES = ['08', '23', '25', '40', '42', '53', '55', '57'];

/** A statement that PostgreSQL rejected. It contains no statement, parameter, or value, so it can be logged. */
export class QueryError extends Error {
  readonly sqlState: string;
  readonly table: string | undefined;
  readonly constraint: string | undefined;

  constructor({ code = '', message, table, constraint }: pg.DatabaseError) {
    super(
      CLASSES_WITHOUT_VALUES.includes(code.slice(0, 2)) ? message : `PostgreSQL rejected a value (SQLSTATE ${code})`,
    );
    this.name = 'QueryError';
    this.sqlState = code;
    this.table = table;
    this.constraint = constraint;
  }
}

/**
 * Maps an error of TypeORM to a CodedError if it concerns the database and not the data: too late, unavailable, or
 * busy. An error about the data (a unique violation, for example) becomes a QueryError, which only the calling code can
 * interpret. The statement and its parameters do not leave this function: they contain personal data and secrets.
 *
 * @see PostgreSQL manual, appendix A for the SQLSTATEs
 */
export function toDatabaseError(error: unknown): unknown {
  return error instanceof QueryFailedError ? fromDriverError(error.driverError) : error;
}

/** Maps an error of a query of pg, without TypeORM, like toDatabaseError. */
export function fromDriverError(reason: unknown): CodedError | QueryError {
  // The error is not a response of the server: the connection broke during the query.
  if (!(reason instanceof pg.DatabaseError)) return databaseUnavailable(reason);
  const cause = new QueryError(reason);
  const { sqlState } = cause;
  const code = CODES[sqlState] ?? CODES[sqlState.slice(0, 2)];
  return code ? new CodedError(code, { dependency: 'database', sqlState }, { cause }) : cause;
}

export function databaseUnavailable(cause?: unknown): CodedError {
  return new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'database' }, { cause });
}
