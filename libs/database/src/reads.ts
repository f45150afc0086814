import { traced } from '@viernes/platform';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { CodedDataSource } from './coded-data-source.js';
import { databaseUnavailable } from './database-error.js';
import { findJointTransaction } from './joint-transaction.js';
import type { Replica } from './replica/replica.js';
import { readOn, type Connected } from './single-read.js';
import { describeStatement } from './statement-span.js';
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

/**
 * Runs single SELECT statements on the pool of the data source, without TypeORM, whose queries, runners, and results
 * take a fifth of the CPU of a service that mostly reads. The limits are the same: deadlines, statement timeouts, coded
 * errors. Statements use the replica if there is one and the request permits it.
 */
export class Reads {
  constructor(
    private readonly dataSource: CodedDataSource,
    private readonly replica?: Replica,
  ) {}

  /**
   * @returns the rows, with the types of pg: `bigint` is text, `timestamptz` is a Date
   * @throws CodedError DEADLINE_EXCEEDED, DEPENDENCY_UNAVAILABLE (immediately if the database is not ready), OVERLOADED
   * @throws QueryError if PostgreSQL rejects the statement or a value
   */
  async run<Row extends object>(statement: ReadStatement, values: readonly unknown[] = []): Promise<Row[]> {
    // A request with an idempotency key must see its own changes, which are committed only when it has finished.
    const tx = findJointTransaction()?.current;
    if (tx) return tx.query<Row[]>(statement.text, [...values]);
    return traced(
      () => describeStatement(statement),
      () => this.read<Row>(statement, values),
    );
  }

  private async read<Row extends object>(statement: ReadStatement, values: readonly unknown[]): Promise<Row[]> {
    const found = this.replica && (await this.replica.tryRead<Row>(statement, values));
    if (found) return found;
    const { driver, isInitialized, statementTimeouts } = this.dataSource;
    if (!isInitialized || !(driver instanceof PostgresDriver)) throw databaseUnavailable();
    assertWithinDeadline();
    const connected = (await driver.obtainMasterConnection()) as Connected;
    return readOn(connected, statementTimeouts, (query) => query<Row>({ ...statement, values: [...values] }));
  }
}
