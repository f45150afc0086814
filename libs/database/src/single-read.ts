import pg from 'pg';
import { fromDriverError } from './database-error.js';
import type { StatementTimeouts } from './statement-timeout.js';

export type Connected = [client: pg.PoolClient, release: (error?: unknown) => void];

type Send = <Result>(request: Promise<Result>) => Promise<Result>;

/**
 * Reads outside of a transaction, on a connection that it releases. Uses pg for the reason stated at `Reads`.
 *
 * @param read passes each request to `send`, which converts errors of pg
 * @throws CodedError, QueryError, and any error of `read`
 */
export async function readOn<Result>(
  [client, release]: Connected,
  timeouts: StatementTimeouts,
  read: (send: Send, client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  let lost: Error | undefined;
  const onLost = (error: Error): void => void (lost = error);
  // Without a listener, a connection that breaks while it is in use would terminate the process.
  client.on('error', onLost);
  const send: Send = async (request) => {
    try {
      return await request;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) lost = error instanceof Error ? error : new Error(String(error));
      throw fromDriverError(error);
    }
  };
  try {
    return await timeouts.runSingle(
      client,
      (sql) => send(client.query(sql)),
      () => read(send, client),
    );
  } finally {
    client.off('error', onLost);
    release(lost);
  }
}
