import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions, type Transaction } from '@viernes/database';
import { masterPlaylist, mediaPlaylist, type AudioVariant, type VideoVariant } from '@viernes/media';
import { ObjectStore, type Audience } from '@viernes/storage';
import type { RenditionEntity } from '../asset/rendition.entity.js';
import { RenditionRepository, type ReadyRendition } from '../asset/rendition.repository.js';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';
import type { PlaybackSessionEntity } from './playback-session.entity.js';
import { isTokenOf } from './playback-token.js';
import { PlaybackRepository } from './playback.repository.js';

/** Who may read: the token is the capability, no account is asked. */
export interface PlaybackPass {
  readonly playbackId: string;
  readonly token: string;
}

/** An object under a fresh key never changes. Private: the address is one session's. */
const CACHE_CONTROL = 'private, max-age=31536000, immutable';

/**
 * What a player fetches. Addresses inside playlists are relative to the edge's, or signed ones of the store.
 * All methods throw CodedError PLAYBACK_NOT_FOUND for a pass that is not, or no longer, good.
 */
@Injectable()
export class Playlists {
  constructor(
    private readonly sessions: PlaybackRepository,
    private readonly renditions: RenditionRepository,
    private readonly objects: ObjectStore,
    private readonly transactions: Transactions,
    @Inject(VIDEO_CONFIG) private readonly config: VideoConfig,
  ) {}

  /** With the rungs that are ready now; a later one joins when the player asks again. */
  async master(pass: PlaybackPass): Promise<string> {
    const ready = await this.transactions.run(async (tx) => {
      const { assetId } = await this.admit(tx, pass);
      return this.renditions.listReady(tx, assetId);
    });
    const uri = ({ id }: ReadyRendition): string => `renditions/${id}.m3u8?token=${encodeURIComponent(pass.token)}`;
    const audio = ready.find(({ kind }) => kind === 'audio');
    return masterPlaylist({
      videos: ready.filter(({ kind }) => kind === 'video').map((video) => videoVariant(video, uri(video))),
      audio: audio && audioVariant(audio, uri(audio)),
    });
  }

  /** @throws CodedError RENDITION_NOT_FOUND */
  async media(pass: PlaybackPass, renditionId: string): Promise<string> {
    const { id, objectKey, initSegment, segments } = await this.rendition(pass, renditionId);
    if (objectKey === null || !initSegment || !segments) throw new CodedError('RENDITION_NOT_FOUND', { renditionId });
    const url = this.config.S3_PUBLIC_ENDPOINT
      ? await this.sign(objectKey, 'browser')
      : `../media/${id}.mp4?token=${encodeURIComponent(pass.token)}`;
    return mediaPlaylist({ url, initSegment, segments });
  }

  /** A signed address of a rendition's bytes for the edge, which streams them through. @throws CodedError RENDITION_NOT_FOUND */
  async location(pass: PlaybackPass, renditionId: string): Promise<string> {
    const { objectKey } = await this.rendition(pass, renditionId);
    if (objectKey === null) throw new CodedError('RENDITION_NOT_FOUND', { renditionId });
    return this.sign(objectKey, 'internal');
  }

  private rendition(pass: PlaybackPass, renditionId: string): Promise<RenditionEntity> {
    return this.transactions.run(async (tx) => {
      const { assetId } = await this.admit(tx, pass);
      return this.renditions.getReady(tx, assetId, renditionId);
    });
  }

  private async admit(tx: Transaction, { playbackId, token }: PlaybackPass): Promise<PlaybackSessionEntity> {
    const session = await this.sessions.getLive(tx, playbackId);
    if (!isTokenOf(session.tokenHash, token))
      throw new CodedError('PLAYBACK_NOT_FOUND', { playbackId, token: 'wrong' });
    return session;
  }

  private sign(objectKey: string, audience: Audience): Promise<string> {
    return this.objects.presignGet(objectKey, this.config.MEDIA_URL_TTL_SECONDS, {
      audience,
      contentType: 'video/mp4',
      cacheControl: CACHE_CONTROL,
    });
  }
}

function videoVariant(rendition: ReadyRendition, uri: string): VideoVariant {
  return {
    ...bandwidth(rendition),
    uri,
    width: rendition.width ?? 0,
    height: rendition.height ?? 0,
    frameRate: { numerator: rendition.frameRateNumerator ?? 0, denominator: rendition.frameRateDenominator ?? 1 },
    codecs: rendition.codecs,
  };
}

function audioVariant(rendition: ReadyRendition, uri: string): AudioVariant {
  return { ...bandwidth(rendition), uri, channels: rendition.channels ?? 2, codecs: rendition.codecs };
}

function bandwidth({ bitrateBps, peakBandwidthBps, averageBandwidthBps }: ReadyRendition): {
  readonly bandwidthBps: number;
  readonly averageBandwidthBps: number;
} {
  return { bandwidthBps: peakBandwidthBps ?? bitrateBps, averageBandwidthBps: averageBandwidthBps ?? bitrateBps };
}
