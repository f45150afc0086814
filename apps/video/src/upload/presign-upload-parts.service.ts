import { Inject, Injectable } from '@nestjs/common';
import { CodedError, type videoV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { HAS_PUBLIC_STORAGE } from '../object-store/object-store.module.js';
import { PartTokens } from './part-token.js';
import { PartUrls } from './part-urls.js';
import { partSizeBytes, requireOpen } from './upload.js';
import { UploadRepository } from './upload.repository.js';

@Injectable()
export class PresignUploadParts {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly urls: PartUrls,
    private readonly tokens: PartTokens,
    private readonly transactions: Transactions,
    @Inject(HAS_PUBLIC_STORAGE) private readonly hasPublicStorage: boolean,
  ) {}

  /**
   * Returns presigned URLs of parts. If browsers do not reach object storage, returns tokens for sending the parts through
   * the edge.
   *
   * @throws CodedError UPLOAD_NOT_FOUND, UPLOAD_CLOSED; REQUEST_INVALID for a number above partCount
   */
  async run(
    accountId: string,
    uploadId: string,
    partNumbers: readonly number[],
  ): Promise<videoV1.PresignUploadPartsResponse> {
    const upload = requireOpen(await this.transactions.run((tx) => this.uploads.get(tx, uploadId, accountId)));
    const { partCount } = upload;
    const fieldErrors = partNumbers.flatMap((partNumber, index) =>
      partNumber > partCount
        ? [{ path: `partNumbers.${index}`, reason: 'maximum' as const, values: { maximum: partCount } }]
        : [],
    );
    if (fieldErrors.length > 0) throw new CodedError('REQUEST_INVALID', {}, { fieldErrors });

    const expiresAt = new Date(Date.now() + this.urls.ttlSeconds(upload) * 1000);
    const parts = await Promise.all(
      partNumbers.map(async (partNumber) => {
        const part = { partNumber, sizeBytes: partSizeBytes(upload, partNumber) };
        return this.hasPublicStorage
          ? { ...part, url: await this.urls.sign(upload, partNumber), token: '' }
          : { ...part, url: '', token: this.tokens.issue({ uploadId, partNumber }, expiresAt) };
      }),
    );
    return { parts, expiresAt: expiresAt.toISOString() };
  }
}
