import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { SecurityEventRepository } from './security-event.repository.js';

const INTERVAL_MS = 10 * 60_000;
const BATCH_SIZE = 500;

/** Deletes old events. Replicas skip the rows that another one is deleting. */
@Injectable()
export class SecurityEventCleanup implements OnModuleInit {
  constructor(
    private readonly events: SecurityEventRepository,
    private readonly database: Database,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.add({ name: 'security event cleanup', intervalMs: INTERVAL_MS, run: (signal) => this.run(signal) });
  }

  async run(signal: AbortSignal): Promise<void> {
    await this.database.whenReady();
    while (!signal.aborted && (await this.events.deleteOld(BATCH_SIZE)) === BATCH_SIZE);
  }
}
