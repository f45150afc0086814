import { Inject, Injectable } from '@nestjs/common';
import { CodedError, type videoV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { ObjectStore } from '@viernes/storage';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';
import { partSizeBytes } from './upload.js';
import { UploadRepository } from './upload.repository.js';

@Injectable()
export class PresignUploadParts {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly objects: ObjectStore,
    private readonly transactions: Transactions,
    @Inject(VIDEO_CONFIG) private readonly config: VideoConfig,
  ) {}

  /** @throws CodedError UPLOAD_NOT_FOUND, UPLOAD_CLOSED, REQUEST_INVALID for a number that is no part of this upload */
  async run(
    accountId: string,
    uploadId: string,
    partNumbers: readonly number[],
  ): Promise<videoV1.PresignUploadPartsResponse> {
    const upload = await this.transactions.run((tx) => this.uploads.get(tx, uploadId, accountId));
    const { state, multipartId, objectKey, partCount } = upload;
    if (state !== 'open' || multipartId === null) throw new CodedError('UPLOAD_CLOSED', { uploadId, state });
    const faults = partNumbers.flatMap((partNumber, index) =>
      partNumber > partCount ? [{ path: `partNumbers.${index}`, message: `there are ${partCount} parts` }] : [],
    );
    if (faults.length > 0) throw new CodedError('REQUEST_INVALID', {}, { faults });

    const leftSeconds = Math.floor((upload.expiresAt.getTime() - Date.now()) / 1000);
    const expiresSeconds = Math.max(1, Math.min(this.config.PART_URL_SECONDS, leftSeconds));
    const expiresAt = new Date(Date.now() + expiresSeconds * 1000).toISOString();
    const parts = await Promise.all(
      partNumbers.map(async (partNumber) => {
        const part = { partNumber, sizeBytes: partSizeBytes(upload, partNumber) };
        return { ...part, url: await this.objects.presignPart(objectKey, multipartId, part, expiresSeconds) };
      }),
    );
    return { parts, expiresAt };
  }
}
