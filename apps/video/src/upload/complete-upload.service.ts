import { createHash, randomUUID } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { Shutdown } from '@viernes/platform';
import { ObjectStore } from '@viernes/storage';
import { AssetChangePublisher } from '../asset/asset-change-publisher.js';
import { AssetRepository } from '../asset/asset.repository.js';
import { TranscodeJobRepository } from '../transcode/transcode-job.repository.js';
import { missingParts, type RejectionCode, type Upload } from './upload.js';
import { UploadChangePublisher } from './upload-change-publisher.js';
import { UploadRepository } from './upload.repository.js';
import { VerificationQueue } from './verification-queue.js';

@Injectable()
export class CompleteUpload {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly changes: UploadChangePublisher,
    private readonly assetChanges: AssetChangePublisher,
    private readonly assets: AssetRepository,
    private readonly jobs: TranscodeJobRepository,
    private readonly objects: ObjectStore,
    private readonly verifications: VerificationQueue,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
  ) {}

  /**
   * Verifies the bytes and creates the asset. Repeated and concurrent calls for one upload return the same asset, or the
   * same rejection.
   *
   * @returns the asset ID
   * @throws CodedError UPLOAD_NOT_FOUND, UPLOAD_CLOSED, UPLOAD_INCOMPLETE, UPLOAD_SIZE_MISMATCH, UPLOAD_CHECKSUM_MISMATCH
   */
  async run(accountId: string, uploadId: string): Promise<string> {
    let upload = await this.get(accountId, uploadId);
    if (upload.state === 'open') {
      const failure = await this.verify(upload);
      upload = await this.get(accountId, uploadId);
      // Another replica can close the upload during this verification. Then its outcome counts, not this failure.
      if (failure && upload.state === 'open') throw failure.error;
    }
    const { assetId, rejectionCode, state } = upload;
    if (assetId) return assetId;
    throw new CodedError(rejectionCode ?? 'UPLOAD_CLOSED', { uploadId, state });
  }

  private verify(upload: Upload): Promise<{ readonly error: unknown } | undefined> {
    return this.verifications
      .runOrJoin(upload.id, () => this.verifyAndClose(upload))
      .then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
  }

  /** Completes or rejects the upload. */
  private async verifyAndClose(upload: Upload): Promise<void> {
    const rejectionCode = await this.findMismatch(upload);
    await this.transactions.run(async (tx) => {
      if (rejectionCode) {
        const isRejected = await this.uploads.reject(tx, upload.id, rejectionCode);
        if (isRejected) await this.changes.publish(tx, 'rejected', [upload], { rejectionCode });
        return;
      }
      const assetId = randomUUID();
      if (!(await this.uploads.complete(tx, upload.id, assetId))) return;
      const { titleId, objectKey, sizeBytes, fileName } = upload;
      await this.assets.insert(tx, { id: assetId, titleId, objectKey, sizeBytes, fileName });
      await this.jobs.enqueueProbe(tx, assetId);
      await this.changes.publish(tx, 'completed', [upload], { assetId });
      await this.assetChanges.publish(tx, assetId);
    });
  }

  private async findMismatch(upload: Upload): Promise<RejectionCode | undefined> {
    const { objectKey, sizeBytes, sha256 } = upload;
    if (upload.multipartId === null) throw new CodedError('UPLOAD_INCOMPLETE', { uploadId: upload.id });
    const parts = await this.objects.listParts(objectKey, upload.multipartId);
    const missingCount = parts ? missingParts(upload, parts).length : 0;
    // While another replica completes the upload, object storage can return no parts although the object already exists.
    const object =
      missingCount > 0
        ? await this.objects.head(objectKey)
        : await this.objects.completeMultipart(objectKey, upload.multipartId);
    if (!object) throw new CodedError('UPLOAD_INCOMPLETE', { uploadId: upload.id, missingCount });
    if (object.sizeBytes !== sizeBytes) return 'UPLOAD_SIZE_MISMATCH';
    return (await this.computeSha256(objectKey)) === sha256 ? undefined : 'UPLOAD_CHECKSUM_MISMATCH';
  }

  /** Reads the bytes, because S3 computes no SHA-256 of a complete multipart object. */
  private async computeSha256(objectKey: string): Promise<string> {
    const bytes = await this.objects.openRead(objectKey);
    if (!bytes) throw new CodedError('UPLOAD_CLOSED', { objectKey });
    const hash = createHash('sha256');
    try {
      await pipeline(bytes, hash, { signal: this.shutdown.signal });
    } catch (error) {
      throw new CodedError('DEPENDENCY_UNAVAILABLE', { operation: 'read' }, { cause: error });
    }
    return hash.digest('hex');
  }

  private get(accountId: string, uploadId: string): Promise<Upload> {
    return this.transactions.run((tx) => this.uploads.get(tx, uploadId, accountId));
  }
}
