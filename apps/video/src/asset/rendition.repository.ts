import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { IsNull, Not } from 'typeorm';
import { RenditionEntity } from './rendition.entity.js';
import type { PlannedRendition, PlayableRendition, RenditionSegments, StoredRendition } from './rendition.js';

@Injectable()
export class RenditionRepository {
  async insert(tx: Transaction, renditions: readonly PlannedRendition[]): Promise<void> {
    await tx.insert(RenditionEntity, [...renditions]);
  }

  async setStored(tx: Transaction, id: string, stored: StoredRendition): Promise<void> {
    await tx.update(RenditionEntity, { id }, stored);
  }

  /** @throws CodedError RENDITION_NOT_FOUND */
  async get(tx: Transaction, id: string): Promise<PlannedRendition> {
    const rendition = await tx.findOne(RenditionEntity, { where: { id }, select: PLANNED_COLUMNS });
    if (!rendition) throw new CodedError('RENDITION_NOT_FOUND', { renditionId: id });
    return rendition;
  }

  /** Lists the encoded renditions: lowest rung first, audio last. */
  async listPlayable(tx: Transaction, assetId: string): Promise<PlayableRendition[]> {
    const renditions = await tx.find(RenditionEntity, {
      where: { assetId, objectKey: Not(IsNull()) },
      order: { position: 'ASC' },
      select: { ...PLANNED_COLUMNS, peakBandwidthBps: true, averageBandwidthBps: true },
    });
    return renditions.map((rendition) => ({
      ...rendition,
      peakBandwidthBps: rendition.peakBandwidthBps ?? rendition.bitrateBps,
      averageBandwidthBps: rendition.averageBandwidthBps ?? rendition.bitrateBps,
    }));
  }

  /** @throws CodedError RENDITION_NOT_FOUND if it belongs to another asset or is not encoded yet */
  async getSegments(tx: Transaction, assetId: string, id: string): Promise<RenditionSegments> {
    const { objectKey, initSegment, segments } =
      (await tx.findOne(RenditionEntity, {
        where: { id, assetId },
        select: { id: true, objectKey: true, initSegment: true, segments: true },
      })) ?? {};
    if (!objectKey || !initSegment || !segments) throw new CodedError('RENDITION_NOT_FOUND', { renditionId: id });
    return { objectKey, initSegment, segments };
  }

  /**
   * Reads the key without the segments, because the edge requests a location for each byte range that it proxies.
   *
   * @throws CodedError RENDITION_NOT_FOUND if it belongs to another asset or is not encoded yet
   */
  async getObjectKey(tx: Transaction, assetId: string, id: string): Promise<string> {
    const { objectKey } =
      (await tx.findOne(RenditionEntity, { where: { id, assetId }, select: { id: true, objectKey: true } })) ?? {};
    if (!objectKey) throw new CodedError('RENDITION_NOT_FOUND', { renditionId: id });
    return objectKey;
  }
}

const PLANNED_COLUMNS = {
  id: true,
  assetId: true,
  kind: true,
  position: true,
  name: true,
  bitrateBps: true,
  codecs: true,
  width: true,
  height: true,
  frameRateNumerator: true,
  frameRateDenominator: true,
  level: true,
  channels: true,
} as const;
