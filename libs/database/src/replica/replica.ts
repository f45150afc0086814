import { Logger } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { currentContext, LATEST, newTraceId, runInContext } from '@viernes/platform';
import type pg from 'pg';
import { CodedPool } from '../coded-data-source.js';
import { toPoolSettings } from '../data-source-options.js';
import type { DatabaseOptions, ReplicaOptions } from '../database-options.js';
import type { ReadStatement } from '../reads.js';
import { readOn, type Connected } from '../single-read.js';
import { StatementTimeouts } from '../statement-timeout.js';
import { toLsn } from './position.js';
import { ReplicaLag, type ReplicaProgress } from './replica-lag.js';
import { bindReplicaMetrics, type ReplicaMetrics } from './replica-metrics.js';

const MEASURE_TIMEOUT_MS = 2_000;

// Raw SQL: the query builder has no SELECT without a table.
const HAS_REPLAYED = 'SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS "hasReplayed"';

const MEASURE = `SELECT pg_is_in_recovery() AS "isReplica",
  pg_wal_lsn_diff($1, pg_last_wal_replay_lsn())::float8 AS "missingBytes",
  extract(epoch FROM now() - pg_last_xact_replay_timestamp())::float8 AS "latestCommitSeconds"`;

/** A streaming replica of the database, which serves reads while its lag is within the limit. */
export class Replica {
  private readonly logger = new Logger(Replica.name);
  private readonly pool: CodedPool;
  private readonly connections = new Set<pg.PoolClient>();
  private readonly timeouts = new StatementTimeouts();
  private readonly lag = new ReplicaLag();
  private readonly metrics: ReplicaMetrics;
  /** True, or the reason why reads do not use it. */
  private state: true | string = 'not measured yet';

  constructor(
    options: DatabaseOptions,
    private readonly replica: ReplicaOptions,
  ) {
    this.pool = new CodedPool({ ...toPoolSettings(options), connectionString: replica.url });
    this.pool.on('connect', (client) => this.connections.add(client));
    this.pool.on('remove', (client) => this.connections.delete(client));
    // Without a listener, an idle connection that the server closes would terminate the process.
    this.pool.on('error', () => undefined);
    this.metrics = bindReplicaMetrics(new URL(options.url).pathname.slice(1));
  }

  /**
   * Runs a read, if the replica is usable and has replayed the position of the request.
   *
   * @returns the rows. Undefined if the primary must serve the read, for example because the replica failed
   * @throws CodedError DEADLINE_EXCEEDED
   */
  async tryRead<Row extends object>(statement: ReadStatement, values: readonly unknown[]): Promise<Row[] | undefined> {
    const { reads } = this.metrics;
    const { position } = currentContext();
    if (position === LATEST || this.state !== true) {
      reads[position === LATEST ? 'latest' : 'unusable'].value += 1;
      return undefined;
    }
    try {
      const rows = await this.read<Row>(statement, values, position);
      reads[rows ? 'replica' : 'behind'].value += 1;
      return rows;
    } catch (error) {
      if (error instanceof CodedError && error.code === 'DEADLINE_EXCEEDED') throw error;
      // The primary repeats the read, even after an error in the statement, because the replica can lack a new table.
      reads.failed.value += 1;
      return undefined;
    }
  }

  /**
   * Measures the lag, and decides whether reads use the replica. If the replica does not respond, closes its
   * connections, so that the primary repeats the waiting reads.
   *
   * @param readPrimary returns the LSN up to which the primary has flushed its log. If it fails, the previous decision
   *   remains
   */
  async measure(readPrimary: () => Promise<string>): Promise<void> {
    const measuredAtMs = performance.now();
    const lsn = await readPrimary();
    try {
      const context = { traceId: newTraceId(), deadlineAt: Date.now() + MEASURE_TIMEOUT_MS };
      const { bytes, seconds } = this.lag.compute(
        await runInContext(context, () => this.readProgress(lsn)),
        measuredAtMs,
      );
      this.metrics.lagBytes.value = bytes;
      this.metrics.lagSeconds.value = seconds;
      const isWithinLimit = seconds <= this.replica.maxLagSeconds;
      this.setState(isWithinLimit || `the lag exceeds ${this.replica.maxLagSeconds} s`);
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      this.setState(cause instanceof Error ? cause.message : String(cause));
      for (const { connection } of this.connections) connection.stream.destroy(new Error('the replica is unavailable'));
    }
  }

  async close(): Promise<void> {
    this.state = 'closed';
    await this.pool.end();
  }

  private async read<Row extends object>(
    statement: ReadStatement,
    values: readonly unknown[],
    position: string | undefined,
  ): Promise<Row[] | undefined> {
    return readOn(await this.connect(), this.timeouts, async (query) => {
      if (position !== undefined) {
        // On the same connection as the read, because several replicas can share an address.
        const check = { name: 'has-replayed', text: HAS_REPLAYED, values: [toLsn(position)] };
        const [state] = await query<{ hasReplayed: boolean | null }>(check);
        if (!state?.hasReplayed) return undefined;
      }
      return query<Row>({ ...statement, values: [...values] });
    });
  }

  private async readProgress(lsn: string): Promise<ReplicaProgress> {
    const [progress] = await readOn(await this.connect(), this.timeouts, (query) =>
      query<ReplicaProgress & { readonly isReplica: boolean }>({ text: MEASURE, values: [lsn] }),
    );
    if (!progress?.isReplica) throw new Error('the server is not a replica');
    return progress;
  }

  private async connect(): Promise<Connected> {
    const client = await this.pool.connect();
    return [client, (error) => client.release(error instanceof Error && error)];
  }

  /** Logs each reason once, not once per measurement. */
  private setState(state: true | string): void {
    if (state === this.state) return;
    this.state = state;
    this.metrics.usable.value = state === true ? 1 : 0;
    if (state === true) this.logger.log('reads use the replica');
    else this.logger.warn({ reason: state }, 'reads do not use the replica');
  }
}
