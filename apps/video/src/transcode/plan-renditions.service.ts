import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { transcodeV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { AUDIO_RENDITION, planLadder } from '@viernes/media';
import { AssetRepository } from '../asset/asset.repository.js';
import { RenditionRepository, type NewRendition } from '../asset/rendition.repository.js';
import { TranscodeJobRepository } from './transcode-job.repository.js';

/** What a probe's result leads to: a rendition and its job for each rung, and for the sound where there is any. */
@Injectable()
export class PlanRenditions {
  constructor(
    private readonly assets: AssetRepository,
    private readonly renditions: RenditionRepository,
    private readonly jobs: TranscodeJobRepository,
  ) {}

  async run(tx: Transaction, assetId: string, probe: transcodeV1.ProbeResult): Promise<void> {
    await this.assets.lock(tx, assetId);
    const { durationMs, demuxer } = probe;
    await this.assets.change(tx, assetId, { state: 'processing', durationMs, demuxer });
    const renditions = plan(assetId, probe);
    await this.renditions.insert(tx, renditions);
    await this.jobs.enqueueRenditions(tx, renditions);
  }
}

function plan(assetId: string, probe: transcodeV1.ProbeResult): NewRendition[] {
  const frameRate = { numerator: probe.frameRateNumerator, denominator: probe.frameRateDenominator };
  const rungs = planLadder({ width: probe.width, height: probe.height, frameRate });
  const videos = rungs.map(({ frameRate: rate, ...rung }, position): NewRendition => ({
    ...rung,
    id: randomUUID(),
    assetId,
    kind: 'video',
    position,
    frameRateNumerator: rate.numerator,
    frameRateDenominator: rate.denominator,
    channels: null,
  }));
  if (!probe.hasAudio) return videos;
  const { name, bitrateBps, channels, codecs } = AUDIO_RENDITION;
  const audio: NewRendition = {
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
