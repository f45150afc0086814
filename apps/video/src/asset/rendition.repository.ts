import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { IsNull, Not } from 'typeorm';
import { RenditionEntity } from './rendition.entity.js';

type Product = 'objectKey' | 'sizeBytes' | 'initSegment' | 'segments' | 'peakBandwidthBps' | 'averageBandwidthBps';

export type NewRendition = Omit<RenditionEntity, 'asset' | Product>;

/** A rendition whose bytes are there, without the list of its segments: that of a long film is long. */
export type ReadyRendition = Omit<RenditionEntity, 'asset' | 'segments'>;

@Injectable()
export class RenditionRepository {
  async insert(tx: Transaction, renditions: readonly NewRendition[]): Promise<void> {
    await tx.insert(RenditionEntity, [...renditions]);
  }

  async finish(tx: Transaction, id: string, product: Pick<RenditionEntity, Product>): Promise<void> {
    await tx.update(RenditionEntity, { id }, product);
  }

  /** @throws CodedError RENDITION_NOT_FOUND */
  async get(tx: Transaction, id: string): Promise<RenditionEntity> {
    const rendition = await tx.findOneBy(RenditionEntity, { id });
    if (!rendition) throw new CodedError('RENDITION_NOT_FOUND', { renditionId: id });
    return rendition;
  }

  /** Lowest rung first, audio last. */
  async listReady(tx: Transaction, assetId: string): Promise<ReadyRendition[]> {
    return tx.find(RenditionEntity, {
      where: { assetId, objectKey: Not(IsNull()) },
      order: { position: 'ASC' },
      select: {
        id: true,
        kind: true,
        position: true,
        name: true,
        width: true,
        height: true,
        bitrateBps: true,
        frameRateNumerator: true,
        frameRateDenominator: true,
        channels: true,
        codecs: true,
        objectKey: true,
        peakBandwidthBps: true,
        averageBandwidthBps: true,
      },
    });
  }

  /** @throws CodedError RENDITION_NOT_FOUND where it is not this asset's, or not ready */
  async getReady(tx: Transaction, assetId: string, id: string): Promise<RenditionEntity> {
    const rendition = await tx.findOneBy(RenditionEntity, { id, assetId, objectKey: Not(IsNull()) });
    if (!rendition) throw new CodedError('RENDITION_NOT_FOUND', { renditionId: id });
    return rendition;
  }
}
