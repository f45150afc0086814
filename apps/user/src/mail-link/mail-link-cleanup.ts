import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { MailLinkRepository } from './mail-link.repository.js';

const INTERVAL_MS = 10 * 60_000;
const BATCH_SIZE = 500;

/** Deletes old links. Replicas skip the rows that another one is deleting. */
@Injectable()
export class MailLinkCleanup implements OnModuleInit {
  constructor(
    private readonly links: MailLinkRepository,
    private readonly database: Database,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.add({ name: 'mail link cleanup', intervalMs: INTERVAL_MS, run: (signal) => this.run(signal) });
  }

  async run(signal: AbortSignal): Promise<void> {
    await this.database.whenReady();
    while (!signal.aborted && (await this.links.deleteExpired(BATCH_SIZE)) === BATCH_SIZE);
  }
}
