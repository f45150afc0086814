import type { ByteRange, MediaSegment } from '@viernes/media';

export type RenditionKind = 'video' | 'audio';

/** One rung of an asset's ladder, or its audio, as it is planned after the probe. */
export interface PlannedRendition {
  readonly id: string;
  readonly assetId: string;
  readonly kind: RenditionKind;
  /** 0 for the lowest rung. The audio comes last. */
  readonly position: number;
  /** `480p`, `audio`. */
  readonly name: string;
  readonly bitrateBps: number;
  /** The CODECS attribute of a master playlist. */
  readonly codecs: string;
  /** Null for audio. */
  readonly width: number | null;
  readonly height: number | null;
  readonly frameRateNumerator: number | null;
  readonly frameRateDenominator: number | null;
  /** H.264 level times ten. Null for audio. */
  readonly level: number | null;
  /** Null for video. */
  readonly channels: number | null;
}

/** The object of an encoded rendition. */
export interface StoredRendition {
  readonly objectKey: string;
  readonly sizeBytes: number;
  readonly initSegment: ByteRange;
  readonly segments: MediaSegment[];
  readonly peakBandwidthBps: number;
  readonly averageBandwidthBps: number;
}

/** An encoded rendition without its segments: those of a long asset are a large list. */
export type PlayableRendition = PlannedRendition & Pick<StoredRendition, 'peakBandwidthBps' | 'averageBandwidthBps'>;

/** The bytes of an encoded rendition, as a media playlist lists them. */
export type RenditionSegments = Pick<StoredRendition, 'objectKey' | 'initSegment' | 'segments'>;
