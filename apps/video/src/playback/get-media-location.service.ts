import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { RenditionRepository } from '../asset/rendition.repository.js';
import { MediaUrls } from './media-urls.js';
import { PlaybackAccess, type PlaybackCredentials } from './playback-access.js';

@Injectable()
export class GetMediaLocation {
  constructor(
    private readonly access: PlaybackAccess,
    private readonly renditions: RenditionRepository,
    private readonly urls: MediaUrls,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Returns the presigned URL of one rendition's bytes for the edge, which requests it for each byte range that it proxies.
   *
   * @throws CodedError PLAYBACK_NOT_FOUND, RENDITION_NOT_FOUND
   */
  async run(credentials: PlaybackCredentials, renditionId: string): Promise<string> {
    const objectKey = await this.transactions.run(async (tx) => {
      const { assetId } = await this.access.authorize(tx, credentials);
      return this.renditions.getObjectKey(tx, assetId, renditionId);
    });
    return this.urls.sign(objectKey, 'internal');
  }
}
