import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { ObjectStore } from '@viernes/storage';
import { CleanupScheduler } from '../background/cleanup-scheduler.js';
import { runSequentially } from '../background/run-sequentially.js';
import { UploadRepository, type ClosedUpload } from './upload.repository.js';

const BATCH_SIZE = 100;

/** Expires overdue uploads and deletes the bytes of aborted, expired, and rejected ones. */
@Injectable()
export class UploadCleanup {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly objects: ObjectStore,
    private readonly transactions: Transactions,
    cleanups: CleanupScheduler,
  ) {
    cleanups.add('upload cleanup', () => this.run());
  }

  private async run(): Promise<void> {
    await this.transactions.run((tx) => this.uploads.expireOverdue(tx));
    const closed = await this.transactions.run((tx) => this.uploads.listClosed(tx, BATCH_SIZE));
    await runSequentially(closed, async (upload) => {
      await this.deleteBytes(upload);
      await this.transactions.run((tx) => this.uploads.setBytesDeleted(tx, upload.id));
    });
  }

  private async deleteBytes({ objectKey }: ClosedUpload): Promise<void> {
    // Lists instead of using the stored ID: a process can crash between opening a multipart upload and storing its ID.
    for (const multipartId of await this.objects.listMultiparts(objectKey)) {
      await this.objects.abortMultipart(objectKey, multipartId);
    }
    await this.objects.delete(objectKey);
  }
}
