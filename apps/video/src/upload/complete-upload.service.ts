import { createHash, randomUUID } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { Shutdown } from '@viernes/platform';
import { ObjectStore } from '@viernes/storage';
import { AssetRepository } from '../asset/asset.repository.js';
import { TranscodeJobRepository } from '../transcode/transcode-job.repository.js';
import { missingParts, type RejectionCode, type Upload } from './upload.js';
import { UploadRepository } from './upload.repository.js';
import { Verifications } from './verifications.js';

@Injectable()
export class CompleteUpload {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly assets: AssetRepository,
    private readonly jobs: TranscodeJobRepository,
    private readonly objects: ObjectStore,
    private readonly verifications: Verifications,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
  ) {}

  /**
   * Safe to repeat and to race: each call for the same upload returns the same asset. A second
   * call for a rejected upload is rejected for the same reason.
   *
   * @returns the asset's id
   * @throws CodedError UPLOAD_NOT_FOUND, UPLOAD_CLOSED, UPLOAD_INCOMPLETE, UPLOAD_SIZE_MISMATCH, UPLOAD_CHECKSUM_MISMATCH
   */
  async run(accountId: string, uploadId: string): Promise<string> {
    const before = await this.get(accountId, uploadId);
    if (before.state === 'open') {
      await this.verifications.join(uploadId, () => this.verifyAndFinish(before));
    }
    const { assetId, rejectionCode, state } = before.state === 'open' ? await this.get(accountId, uploadId) : before;
    if (assetId) return assetId;
    throw new CodedError(rejectionCode ?? 'UPLOAD_CLOSED', { uploadId, state });
  }

  /** Ends in a completed or rejected upload. */
  private async verifyAndFinish(upload: Upload): Promise<void> {
    const fault = await this.findFault(upload);
    await this.transactions.run(async (tx) => {
      if (fault) return this.uploads.reject(tx, upload.id, fault);
      const assetId = randomUUID();
      if (!(await this.uploads.complete(tx, upload.id, assetId))) return;
      const { titleId, objectKey, sizeBytes, fileName } = upload;
      await this.assets.insert(tx, { id: assetId, titleId, objectKey, sizeBytes, fileName });
      await this.jobs.enqueueProbe(tx, assetId);
    });
  }

  private async findFault(upload: Upload): Promise<RejectionCode | undefined> {
    const { objectKey, sizeBytes, sha256 } = upload;
    if (upload.multipartId === null) throw new CodedError('UPLOAD_INCOMPLETE', { uploadId: upload.id });
    const parts = await this.objects.listParts(objectKey, upload.multipartId);
    const missingCount = parts ? missingParts(upload, parts).length : 0;
    if (missingCount > 0) throw new CodedError('UPLOAD_INCOMPLETE', { uploadId: upload.id, missingCount });

    const object = await this.objects.completeMultipart(objectKey, upload.multipartId);
    if (object.sizeBytes !== sizeBytes) return 'UPLOAD_SIZE_MISMATCH';
    return (await this.checksum(objectKey)) === sha256 ? undefined : 'UPLOAD_CHECKSUM_MISMATCH';
  }

  /** The store's own checksums do not span parts, so the bytes are read once. */
  private async checksum(objectKey: string): Promise<string> {
    const bytes = await this.objects.openRead(objectKey);
    if (!bytes) throw new CodedError('UPLOAD_CLOSED', { objectKey });
    const hash = createHash('sha256');
    try {
      await pipeline(bytes, hash, { signal: this.shutdown.signal });
    } catch (error) {
      throw new CodedError('DEPENDENCY_UNAVAILABLE', { store: 'read' }, { cause: error });
    }
    return hash.digest('hex');
  }

  private get(accountId: string, uploadId: string): Promise<Upload> {
    return this.transactions.run((tx) => this.uploads.get(tx, uploadId, accountId));
  }
}
