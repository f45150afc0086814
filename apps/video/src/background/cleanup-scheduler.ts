import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@viernes/database';
import { PeriodicTasks, whenAborted } from '@viernes/platform';
import { BACKGROUND_CONFIG, type BackgroundConfig } from './background.config.js';

/** Runs cleanups every CLEANUP_INTERVAL_SECONDS. Later runs retry failed work. */
@Injectable()
export class CleanupScheduler {
  constructor(
    private readonly tasks: PeriodicTasks,
    private readonly database: Database,
    @Inject(BACKGROUND_CONFIG) private readonly config: BackgroundConfig,
  ) {}

  /**
   * @param name as in logs: `upload cleanup`
   * @param run must be idempotent: every replica runs it, also at the same time
   */
  add(name: string, run: () => Promise<void>): void {
    this.tasks.add({
      name,
      intervalMs: this.config.CLEANUP_INTERVAL_SECONDS * 1000,
      run: async (signal) => {
        await Promise.race([this.database.whenReady(), whenAborted(signal)]);
        if (!signal.aborted) await run();
      },
    });
  }
}
