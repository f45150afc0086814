import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { ObjectStore } from '@viernes/storage';
import { beyondDeadline } from '../background/beyond-deadline.js';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';
import { planParts, type Upload } from './upload.js';
import { UploadRepository } from './upload.repository.js';

export type UploadIntent = Pick<Upload, 'accountId' | 'titleId' | 'fileName' | 'sizeBytes' | 'sha256'>;

@Injectable()
export class StartUpload {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly objects: ObjectStore,
    private readonly transactions: Transactions,
    @Inject(VIDEO_CONFIG) private readonly config: VideoConfig,
  ) {}

  /** @throws CodedError UPLOAD_TOO_LARGE, UPLOAD_LIMIT_REACHED */
  async run(intent: UploadIntent): Promise<Upload> {
    const { UPLOAD_MAX_BYTES, UPLOAD_PART_BYTES, MAX_OPEN_UPLOADS, UPLOAD_TTL_SECONDS } = this.config;
    if (intent.sizeBytes > UPLOAD_MAX_BYTES) {
      throw new CodedError('UPLOAD_TOO_LARGE', { sizeBytes: intent.sizeBytes, allowed: UPLOAD_MAX_BYTES });
    }
    const id = randomUUID();
    const upload = { ...intent, id, objectKey: `sources/${id}`, ...planParts(intent.sizeBytes, UPLOAD_PART_BYTES) };
    const expiresAt = await this.transactions.run(async (tx) => {
      await this.uploads.lockAccount(tx, intent.accountId);
      const openCount = await this.uploads.countOpen(tx, intent.accountId);
      if (openCount >= MAX_OPEN_UPLOADS) throw new CodedError('UPLOAD_LIMIT_REACHED', { openCount });
      return this.uploads.insert(tx, upload, UPLOAD_TTL_SECONDS);
    });
    const multipartId = await this.openMultipart(upload);
    return { ...upload, state: 'open', rejectionCode: null, assetId: null, expiresAt, multipartId };
  }

  /** After the row: what a crash leaves in the store is found by the sweeper under the row's key. */
  private async openMultipart({ id, objectKey }: Pick<Upload, 'id' | 'objectKey'>): Promise<string> {
    try {
      const multipartId = await this.objects.startMultipart(objectKey, 'application/octet-stream');
      await this.transactions.run((tx) => this.uploads.setMultipart(tx, id, multipartId));
      return multipartId;
    } catch (error) {
      // A store that hangs takes the whole deadline, and the place must be given back all the same.
      await beyondDeadline(() => this.transactions.run((tx) => this.uploads.close(tx, id, 'aborted')));
      throw error;
    }
  }
}
