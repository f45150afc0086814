import { Inject, Injectable } from '@nestjs/common';
import { CodedError, type videoV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { ObjectStore } from '@viernes/storage';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';
import { PartTokens, type PartName } from './part-token.js';
import { partSizeBytes, type OpenUpload, type Upload } from './upload.js';
import { UploadRepository } from './upload.repository.js';

/** Signed addresses of parts, or, where browsers do not reach the store, tokens with which the edge takes parts. */
@Injectable()
export class PresignUploadParts {
  private readonly tokens: PartTokens;

  constructor(
    private readonly uploads: UploadRepository,
    private readonly objects: ObjectStore,
    private readonly transactions: Transactions,
    @Inject(VIDEO_CONFIG) private readonly config: VideoConfig,
  ) {
    this.tokens = new PartTokens(config.S3_SECRET_ACCESS_KEY);
  }

  /** @throws CodedError UPLOAD_NOT_FOUND, UPLOAD_CLOSED, REQUEST_INVALID for a number that is no part of this upload */
  async run(
    accountId: string,
    uploadId: string,
    partNumbers: readonly number[],
  ): Promise<videoV1.PresignUploadPartsResponse> {
    const upload = openUpload(await this.transactions.run((tx) => this.uploads.get(tx, uploadId, accountId)));
    const { partCount } = upload;
    const fieldErrors = partNumbers.flatMap((partNumber, index) =>
      partNumber > partCount ? [{ path: `partNumbers.${index}`, message: `there are ${partCount} parts` }] : [],
    );
    if (fieldErrors.length > 0) throw new CodedError('REQUEST_INVALID', {}, { fieldErrors });

    const expiresSeconds = this.expiresSeconds(upload);
    const expiresAt = new Date(Date.now() + expiresSeconds * 1000);
    const parts = await Promise.all(
      partNumbers.map(async (partNumber) => {
        const part = { partNumber, sizeBytes: partSizeBytes(upload, partNumber) };
        // The edge's path names the upload; an address of the store would name a host that its reader cannot reach.
        return this.config.S3_PUBLIC_ENDPOINT
          ? { ...part, url: await this.sign(upload, partNumber, expiresSeconds), token: '' }
          : { ...part, url: '', token: this.tokens.issue({ uploadId, partNumber }, expiresAt) };
      }),
    );
    return { parts, expiresAt: expiresAt.toISOString() };
  }

  /**
   * A signed address of one part for the edge, which streams the bytes through. The token is the capability, no account is
   * asked.
   *
   * @throws CodedError UPLOAD_NOT_FOUND for a token that is not, or no longer, good; UPLOAD_CLOSED
   */
  async location(part: PartName, token: string): Promise<videoV1.GetPartLocationResponse> {
    const { uploadId, partNumber } = part;
    if (!this.tokens.isGood(part, token, Date.now()))
      throw new CodedError('UPLOAD_NOT_FOUND', { uploadId, token: 'wrong or over' });
    const upload = openUpload(await this.transactions.run((tx) => this.uploads.getOfAnybody(tx, uploadId)));
    const url = await this.sign(upload, partNumber, this.expiresSeconds(upload));
    return { url, sizeBytes: partSizeBytes(upload, partNumber) };
  }

  private expiresSeconds({ expiresAt }: Upload): number {
    const leftSeconds = Math.floor((expiresAt.getTime() - Date.now()) / 1000);
    return Math.max(1, Math.min(this.config.PART_URL_TTL_SECONDS, leftSeconds));
  }

  /** Without a public endpoint the store's presigner names the internal one. */
  private sign(upload: OpenUpload, partNumber: number, expiresSeconds: number): Promise<string> {
    const part = { partNumber, sizeBytes: partSizeBytes(upload, partNumber) };
    return this.objects.presignPart(upload.objectKey, upload.multipartId, part, expiresSeconds);
  }
}

/** @throws CodedError UPLOAD_CLOSED */
function openUpload(upload: Upload): OpenUpload {
  const { id: uploadId, state, multipartId } = upload;
  if (state !== 'open' || multipartId === null) throw new CodedError('UPLOAD_CLOSED', { uploadId, state });
  return { ...upload, multipartId };
}
