import pg from 'pg';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { CodedDataSource } from './coded-data-source.js';
import { databaseUnavailable, fromDriverError } from './database-error.js';
import { assertWithinDeadline } from './statement-timeout.js';

export interface ReadStatement {
  /**
   * Prepares the statement once per connection, so that PostgreSQL parses and plans it once. Only for a fixed text
   * whose best plan does not depend on the parameters. Statements without a name are planned for their parameters each
   * time.
   */
  readonly name?: string;
  readonly text: string;
}

type Connected = [client: pg.PoolClient, release: (error?: unknown) => void];

/**
 * Single SELECT statements on the pool of the data source, without TypeORM: building a query, its runner, and its
 * result take a fifth of the CPU of a service that mostly reads. The limits are the same: deadlines, statement
 * timeouts, coded errors.
 */
export class Reads {
  constructor(private readonly dataSource: CodedDataSource) {}

  /**
   * @returns the rows, with the types of pg: `bigint` is text, `timestamptz` is a Date
   * @throws CodedError DEADLINE_EXCEEDED, DEPENDENCY_UNAVAILABLE (immediately if the database is not ready), OVERLOADED
   * @throws QueryError if PostgreSQL rejects the statement or a value
   */
  async run<Row extends object>(statement: ReadStatement, values: readonly unknown[] = []): Promise<Row[]> {
    const { driver, isInitialized, statementTimeouts } = this.dataSource;
    if (!isInitialized || !(driver instanceof PostgresDriver)) throw databaseUnavailable();
    assertWithinDeadline();
    const [client, release] = (await driver.obtainMasterConnection()) as Connected;
    let lost: Error | undefined;
    const onLost = (error: Error): void => void (lost = error);
    // Without a listener, a connection that breaks while it is in use would terminate the process.
    client.on('error', onLost);
    const send = async <Result>(request: Promise<Result>): Promise<Result> => {
      try {
        return await request;
      } catch (error) {
        if (!(error instanceof pg.DatabaseError)) lost = error instanceof Error ? error : new Error(String(error));
        throw fromDriverError(error);
      }
    };
    try {
      const { rows } = await statementTimeouts.runSingle(
        client,
        (sql) => send(client.query(sql)),
        () => send(client.query<Row>({ ...statement, values: [...values] })),
      );
      return rows;
    } finally {
      client.off('error', onLost);
      release(lost);
    }
  }
}
