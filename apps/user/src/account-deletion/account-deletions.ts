import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { AccountDeletionRequestedV1 } from '@viernes/contracts';
import { Database, Transactions, type Transaction } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { PeriodicTasks } from '@viernes/platform';
import { Gauge } from 'prom-client';
import { AccountDeletionRepository } from './account-deletion.repository.js';

const overdueDeletions = new Gauge({
  name: 'account_deletions_overdue',
  help: 'Deletions of accounts that are not finished 20 minutes after their request',
});

const INTERVAL_MS = 60_000;
const BATCH_SIZE = 100;

/** Repeats the requests of deletions, and reports those that are not finished. */
@Injectable()
export class AccountDeletions implements OnModuleInit {
  private readonly logger = new Logger(AccountDeletions.name);

  constructor(
    private readonly deletions: AccountDeletionRepository,
    private readonly outbox: Outbox,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    const run = this.database.whileReady((signal) => this.run(signal));
    this.tasks.add({ name: 'account deletions', intervalMs: INTERVAL_MS, run });
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.transactions.run((tx) => this.repeat(tx))) === BATCH_SIZE);
    overdueDeletions.set(await this.deletions.countOverdue());
  }

  /** @returns the number of repeated requests */
  private async repeat(tx: Transaction): Promise<number> {
    const due = await this.deletions.takeDue(tx, BATCH_SIZE);
    if (due.length === 0) return 0;
    await this.outbox.add(tx, AccountDeletionRequestedV1, ...due.map(({ accountId }) => ({ accountId })));
    for (const { accountId, waitingFor, requestedAt } of due)
      if (waitingFor.length > 0)
        this.logger.warn({ accountId, waitingFor, requestedAt }, 'account deletion not finished');
    return due.length;
  }
}
