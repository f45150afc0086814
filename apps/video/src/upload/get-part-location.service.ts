import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { PartTokens } from './part-token.js';
import { PartUrls } from './part-urls.js';
import { partSizeBytes, requireOpen, type PartId } from './upload.js';
import { UploadRepository } from './upload.repository.js';

export interface PartLocation {
  readonly url: string;
  readonly sizeBytes: number;
}

@Injectable()
export class GetPartLocation {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly urls: PartUrls,
    private readonly tokens: PartTokens,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Returns the presigned URL of one part for the edge, which forwards the bytes. The token authorizes the call.
   *
   * @throws CodedError UPLOAD_NOT_FOUND if the token is invalid or has expired; UPLOAD_CLOSED
   */
  async run(part: PartId, token: string): Promise<PartLocation> {
    const { uploadId, partNumber } = part;
    if (!this.tokens.isValid(part, token, Date.now())) {
      throw new CodedError('UPLOAD_NOT_FOUND', { uploadId, token: 'invalid or expired' });
    }
    const upload = requireOpen(await this.transactions.run((tx) => this.uploads.getOfAnyAccount(tx, uploadId)));
    return { url: await this.urls.sign(upload, partNumber), sizeBytes: partSizeBytes(upload, partNumber) };
  }
}
