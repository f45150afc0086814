import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { withoutDeadline } from '@viernes/platform';
import { ObjectStore } from '@viernes/storage';
import { UploadChangePublisher, type UploadOwner } from './upload-change-publisher.js';
import { UPLOAD_CONFIG, type UploadConfig } from './upload.config.js';
import { planParts, type Upload } from './upload.js';
import { UploadRepository } from './upload.repository.js';

export type UploadDeclaration = Pick<Upload, 'accountId' | 'titleId' | 'fileName' | 'sizeBytes' | 'sha256'>;

@Injectable()
export class StartUpload {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly changes: UploadChangePublisher,
    private readonly objects: ObjectStore,
    private readonly transactions: Transactions,
    @Inject(UPLOAD_CONFIG) private readonly config: UploadConfig,
  ) {}

  /** @throws CodedError UPLOAD_TOO_LARGE, UPLOAD_LIMIT_REACHED, UPLOAD_NOT_FOUND if the account is deleted concurrently */
  async run(declaration: UploadDeclaration): Promise<Upload> {
    const { accountId, sizeBytes } = declaration;
    const { UPLOAD_MAX_BYTES, UPLOAD_PART_BYTES, MAX_OPEN_UPLOADS, UPLOAD_TTL_SECONDS } = this.config;
    if (sizeBytes > UPLOAD_MAX_BYTES) {
      throw new CodedError('UPLOAD_TOO_LARGE', { sizeBytes, allowed: UPLOAD_MAX_BYTES });
    }
    const id = randomUUID();
    const upload = { ...declaration, id, objectKey: `sources/${id}`, ...planParts(sizeBytes, UPLOAD_PART_BYTES) };
    const expiresAt = await this.transactions.run(async (tx) => {
      await this.uploads.lockAccount(tx, accountId);
      const openCount = await this.uploads.countOpen(tx, accountId);
      if (openCount >= MAX_OPEN_UPLOADS) throw new CodedError('UPLOAD_LIMIT_REACHED', { openCount });
      const expiry = await this.uploads.insert(tx, upload, UPLOAD_TTL_SECONDS);
      await this.changes.publish(tx, 'open', [upload]);
      return expiry;
    });
    await this.transactions.commitStep();
    const multipartId = await this.startMultipart(upload);
    return { ...upload, state: 'open', rejectionCode: null, assetId: null, expiresAt, multipartId };
  }

  /** Runs after the insert, so that the cleanup finds the bytes under the key of the row if this process crashes. */
  private async startMultipart(upload: UploadOwner & Pick<Upload, 'objectKey'>): Promise<string> {
    const { id, objectKey } = upload;
    try {
      const multipartId = await this.objects.startMultipart(objectKey, 'application/octet-stream');
      await this.transactions.run((tx) => this.uploads.setMultipart(tx, id, multipartId));
      return multipartId;
    } catch (error) {
      // Waiting for object storage can use the complete deadline, but the upload must still be closed.
      await withoutDeadline(() =>
        this.transactions.run(async (tx) => {
          if (await this.uploads.close(tx, id, 'aborted')) await this.changes.publish(tx, 'aborted', [upload]);
        }),
      );
      throw error;
    }
  }
}
