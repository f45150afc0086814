import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, Transactions } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { deadLettersParked, eventsPending, outboxOldestSeconds, outboxRows } from './event-metrics.js';

const INTERVAL_MS = 5_000;

/** Measures the rows of the outbox, the pending retries, and the parked dead letters. */
@Injectable()
export class BacklogGauges implements OnApplicationBootstrap {
  private measuredConsumers: readonly string[] = [];

  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly tasks: PeriodicTasks,
    @Inject(MESSAGING_CONFIG) private readonly config: Pick<MessagingConfig, 'service'>,
  ) {}

  onApplicationBootstrap(): void {
    const run = this.database.whileReady(() => this.measure());
    this.tasks.add({ name: 'backlog gauges', intervalMs: INTERVAL_MS, run });
  }

  /** Raw SQL: one statement counts several tables. The outbox can have millions of rows, so its count has a limit. */
  private async measure(): Promise<void> {
    const [outbox, consumers] = await this.transactions.run(async (tx) => {
      const rows: { rows: number; oldestSeconds: number }[] = await tx.query(
        `SELECT (SELECT count(*)::int FROM (SELECT FROM outbox LIMIT 100000) AS counted) AS rows,
           coalesce((SELECT extract(epoch FROM now() - added_at)::float FROM outbox ORDER BY id LIMIT 1), 0) AS "oldestSeconds"`,
      );
      const counts: { consumer: string; pending: number; parked: number }[] = await tx.query(
        `SELECT consumer, sum(pending)::int AS pending, sum(parked)::int AS parked FROM (
           SELECT consumer, count(*) AS pending, 0 AS parked FROM pending_retry GROUP BY consumer UNION ALL
           SELECT consumer, 0, count(*) FROM dead_letter WHERE state = 'parked' GROUP BY consumer) AS counted
         GROUP BY consumer`,
      );
      return [rows[0], counts] as const;
    });
    const { service } = this.config;
    outboxRows.set({ service }, outbox?.rows ?? 0);
    outboxOldestSeconds.set({ service }, outbox?.oldestSeconds ?? 0);
    for (const consumer of this.measuredConsumers) {
      eventsPending.remove({ consumer });
      deadLettersParked.remove({ consumer });
    }
    this.measuredConsumers = consumers.map(({ consumer }) => consumer);
    for (const { consumer, pending, parked } of consumers) {
      eventsPending.set({ consumer }, pending);
      deadLettersParked.set({ consumer }, parked);
    }
  }
}
