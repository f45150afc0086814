import { randomUUID } from 'node:crypto';
import { AUDIO_RENDITION, planLadder } from '@viernes/media';
import type { PlannedRendition } from '../asset/rendition.js';

/** The result of a probe. */
export interface SourceProperties {
  readonly demuxer: string;
  readonly durationMs: number;
  /** Display size. */
  readonly width: number;
  readonly height: number;
  readonly frameRateNumerator: number;
  readonly frameRateDenominator: number;
  readonly hasAudio: boolean;
}

/** Returns one video rendition per rung, and an audio rendition if the source has audio. */
export function planRenditions(assetId: string, source: SourceProperties): PlannedRendition[] {
  const frameRate = { numerator: source.frameRateNumerator, denominator: source.frameRateDenominator };
  const rungs = planLadder({ width: source.width, height: source.height, frameRate });
  const videos = rungs.map(({ frameRate: rate, ...rung }, position): PlannedRendition => ({
    ...rung,
    id: randomUUID(),
    assetId,
    kind: 'video',
    position,
    frameRateNumerator: rate.numerator,
    frameRateDenominator: rate.denominator,
    channels: null,
  }));
  if (!source.hasAudio) return videos;
  const { name, bitrateBps, channels, codecs } = AUDIO_RENDITION;
  const audio: PlannedRendition = {
    id: randomUUID(),
    assetId,
    kind: 'audio',
    position: videos.length,
    name,
    bitrateBps,
    channels,
    codecs,
    width: null,
    height: null,
    frameRateNumerator: null,
    frameRateDenominator: null,
    level: null,
  };
  return [...videos, audio];
}
