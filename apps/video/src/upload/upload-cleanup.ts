import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { CleanupScheduler } from '../background/cleanup-scheduler.js';
import { runSequentially } from '../background/run-sequentially.js';
import { StoredBytes } from '../object-store/stored-bytes.js';
import { UploadChangePublisher } from './upload-change-publisher.js';
import { UploadRepository } from './upload.repository.js';

const BATCH_SIZE = 100;

/** Expires overdue uploads and deletes the bytes of aborted, expired, and rejected ones. */
@Injectable()
export class UploadCleanup {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly changes: UploadChangePublisher,
    private readonly bytes: StoredBytes,
    private readonly transactions: Transactions,
    cleanups: CleanupScheduler,
  ) {
    cleanups.add('upload cleanup', () => this.run());
  }

  private async run(): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.changes.publish(tx, 'expired', await this.uploads.expireOverdue(tx));
    });
    const closed = await this.transactions.run((tx) => this.uploads.listClosed(tx, BATCH_SIZE));
    await runSequentially(closed, async (upload) => {
      await this.bytes.delete(upload.objectKey);
      await this.transactions.run((tx) => this.uploads.setBytesDeleted(tx, upload.id));
    });
  }
}
