import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { CleanupScheduler } from '../background/cleanup-scheduler.js';
import { runSequentially } from '../background/run-sequentially.js';
import { StoredBytes } from '../object-store/stored-bytes.js';
import { DiscardedObjectRepository } from './discarded-object.repository.js';

const BATCH_SIZE = 100;

/** Deletes the objects of unsuccessful attempts, and of accounts that are deleted. */
@Injectable()
export class DiscardedObjectCleanup {
  constructor(
    private readonly discarded: DiscardedObjectRepository,
    private readonly bytes: StoredBytes,
    private readonly transactions: Transactions,
    cleanups: CleanupScheduler,
  ) {
    cleanups.add('discarded object cleanup', () => this.run());
  }

  private async run(): Promise<void> {
    const keys = await this.transactions.run((tx) => this.discarded.listDueKeys(tx, BATCH_SIZE));
    await runSequentially(keys, async (key) => {
      await this.bytes.delete(key);
      await this.transactions.run((tx) => this.discarded.remove(tx, key));
    });
  }
}
