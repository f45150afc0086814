import { Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { PublicationEntity } from './publication.entity.js';

export interface Publication {
  readonly titleId: string;
  readonly assetId: string;
  readonly durationMs: number;
  readonly publishedAt: Date;
}

@Injectable()
export class PublicationRepository {
  /**
   * Stores the asset of a title, unless a newer publication is already stored.
   * @returns whether it is stored
   */
  async putNewest(tx: Transaction, publication: Publication): Promise<boolean> {
    const { raw } = await tx
      .createQueryBuilder()
      .insert()
      .into(PublicationEntity)
      .values(publication)
      .orUpdate(['asset_id', 'duration_ms', 'published_at'], ['title_id'], {
        overwriteCondition: { where: 'publication.published_at <= excluded.published_at' },
      })
      .returning('title_id')
      .execute();
    return (raw as unknown[]).length > 0;
  }
}
