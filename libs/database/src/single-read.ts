import pg from 'pg';
import { fromDriverError } from './database-error.js';
import type { StatementTimeouts } from './statement-timeout.js';

export type Connected = [client: pg.PoolClient, release: (error?: unknown) => void];

type Query = <Row extends pg.QueryResultRow>(statement: pg.QueryConfig) => Promise<Row[]>;

/**
 * Reads outside of a transaction, on a connection that it releases. Uses pg for the reason stated at `Reads`.
 *
 * @param read receives a function that returns the rows of a statement, and converts errors of pg
 * @throws CodedError, QueryError, and any error of `read`
 */
export async function readOn<Result>(
  [client, release]: Connected,
  timeouts: StatementTimeouts,
  read: (query: Query) => Promise<Result>,
): Promise<Result> {
  let lost: Error | undefined;
  const onLost = (error: Error): void => void (lost = error);
  // Without a listener, a connection that breaks while it is in use would terminate the process.
  client.on('error', onLost);
  const toError = (error: Error): Error => {
    if (!(error instanceof pg.DatabaseError)) lost = error;
    return fromDriverError(error);
  };
  // With a promise instead of a callback, pg keeps all rows in memory until the next major collection (decision 39).
  const query: Query = <Row extends pg.QueryResultRow>(statement: pg.QueryConfig) =>
    new Promise<Row[]>((resolve, reject) => {
      client.query<Row>(statement, (error, result) => (error ? reject(toError(error)) : resolve(result.rows)));
    });
  try {
    return await timeouts.runSingle(
      client,
      (text) => query({ text }),
      () => read(query),
    );
  } finally {
    client.off('error', onLost);
    release(lost);
  }
}
