import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { ObjectStore } from '@viernes/storage';
import { CleanupScheduler } from '../background/cleanup-scheduler.js';
import { runSequentially } from '../background/run-sequentially.js';
import { DiscardedObjectRepository } from './discarded-object.repository.js';

const BATCH_SIZE = 100;

/** Deletes the objects of unsuccessful attempts. */
@Injectable()
export class DiscardedObjectCleanup {
  constructor(
    private readonly discarded: DiscardedObjectRepository,
    private readonly objects: ObjectStore,
    private readonly transactions: Transactions,
    cleanups: CleanupScheduler,
  ) {
    cleanups.add('discarded object cleanup', () => this.run());
  }

  private async run(): Promise<void> {
    const keys = await this.transactions.run((tx) => this.discarded.listDueKeys(tx, BATCH_SIZE));
    await runSequentially(keys, async (key) => {
      await this.objects.delete(key);
      await this.transactions.run((tx) => this.discarded.remove(tx, key));
    });
  }
}
