import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { masterPlaylist, type AudioTrack, type VideoVariant } from '@viernes/media';
import type { PlayableRendition } from '../asset/rendition.js';
import { RenditionRepository } from '../asset/rendition.repository.js';
import { PlaybackAccess, type PlaybackCredentials } from './playback-access.js';

@Injectable()
export class GetMasterPlaylist {
  constructor(
    private readonly access: PlaybackAccess,
    private readonly renditions: RenditionRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Lists the renditions that are encoded now. URIs are relative to the edge's URL of the playlist.
   *
   * @throws CodedError PLAYBACK_NOT_FOUND
   */
  async run(credentials: PlaybackCredentials): Promise<string> {
    const renditions = await this.transactions.run(async (tx) => {
      const { assetId } = await this.access.authorize(tx, credentials);
      return this.renditions.listPlayable(tx, assetId);
    });
    const token = encodeURIComponent(credentials.token);
    const toUri = ({ id }: PlayableRendition): string => `renditions/${id}.m3u8?token=${token}`;
    const audio = renditions.find(({ kind }) => kind === 'audio');
    return masterPlaylist({
      videos: renditions.filter(({ kind }) => kind === 'video').map((video) => toVideoVariant(video, toUri(video))),
      audio: audio && toAudioTrack(audio, toUri(audio)),
    });
  }
}

function toVideoVariant(rendition: PlayableRendition, uri: string): VideoVariant {
  return {
    uri,
    bandwidthBps: rendition.peakBandwidthBps,
    averageBandwidthBps: rendition.averageBandwidthBps,
    width: rendition.width ?? 0,
    height: rendition.height ?? 0,
    frameRate: { numerator: rendition.frameRateNumerator ?? 0, denominator: rendition.frameRateDenominator ?? 1 },
    codecs: rendition.codecs,
  };
}

function toAudioTrack(rendition: PlayableRendition, uri: string): AudioTrack {
  return {
    uri,
    bandwidthBps: rendition.peakBandwidthBps,
    averageBandwidthBps: rendition.averageBandwidthBps,
    channels: rendition.channels ?? 2,
    codecs: rendition.codecs,
  };
}
