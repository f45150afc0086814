import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { PasswordFailureRepository } from './password-failure.repository.js';

const INTERVAL_MS = 10 * 60_000;
const BATCH_SIZE = 500;

/** Deletes failures that do not count anymore. Replicas skip the rows that another one is deleting. */
@Injectable()
export class PasswordFailureCleanup implements OnModuleInit {
  constructor(
    private readonly failures: PasswordFailureRepository,
    private readonly database: Database,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.add({ name: 'password failure cleanup', intervalMs: INTERVAL_MS, run: (signal) => this.run(signal) });
  }

  async run(signal: AbortSignal): Promise<void> {
    await this.database.whenReady();
    while (!signal.aborted && (await this.failures.deleteOld(BATCH_SIZE)) === BATCH_SIZE);
  }
}
