import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { UploadChangePublisher } from './upload-change-publisher.js';
import { UploadRepository } from './upload.repository.js';

@Injectable()
export class AbortUpload {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly changes: UploadChangePublisher,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Closes the upload immediately. The cleanup deletes its bytes later. Idempotent.
   *
   * @throws CodedError UPLOAD_NOT_FOUND; UPLOAD_CLOSED if the upload is completed
   */
  async run(accountId: string, uploadId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const upload = await this.uploads.get(tx, uploadId, accountId);
      if (await this.uploads.close(tx, upload.id, 'aborted')) return this.changes.publish(tx, 'aborted', [upload]);
      const { state } = await this.uploads.get(tx, uploadId, accountId);
      if (state === 'completed') throw new CodedError('UPLOAD_CLOSED', { uploadId, state });
    });
  }
}
