import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { mediaPlaylist } from '@viernes/media';
import { RenditionRepository } from '../asset/rendition.repository.js';
import { HAS_PUBLIC_STORAGE } from '../object-store/object-store.module.js';
import { MediaUrls } from './media-urls.js';
import { PlaybackAccess, type PlaybackCredentials } from './playback-access.js';

@Injectable()
export class GetMediaPlaylist {
  constructor(
    private readonly access: PlaybackAccess,
    private readonly renditions: RenditionRepository,
    private readonly urls: MediaUrls,
    private readonly transactions: Transactions,
    @Inject(HAS_PUBLIC_STORAGE) private readonly hasPublicStorage: boolean,
  ) {}

  /**
   * Lists the byte ranges of one rendition. The media URL is presigned, or relative to the edge if browsers do not reach
   * object storage.
   *
   * @throws CodedError PLAYBACK_NOT_FOUND, RENDITION_NOT_FOUND
   */
  async run(credentials: PlaybackCredentials, renditionId: string): Promise<string> {
    const { objectKey, initSegment, segments } = await this.transactions.run(async (tx) => {
      const { assetId } = await this.access.authorize(tx, credentials);
      return this.renditions.getSegments(tx, assetId, renditionId);
    });
    const url = this.hasPublicStorage
      ? await this.urls.sign(objectKey, 'browser')
      : `../media/${renditionId}.mp4?token=${encodeURIComponent(credentials.token)}`;
    return mediaPlaylist({ url, initSegment, segments });
  }
}
