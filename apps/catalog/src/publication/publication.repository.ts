import { Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';

export interface Publication {
  readonly titleId: string;
  readonly assetId: string;
  readonly durationMs: number;
  readonly publishedAt: Date;
}

@Injectable()
export class PublicationRepository {
  /** Makes the asset the title's film, unless a newer publication came before this one. */
  async putNewest(tx: Transaction, { titleId, assetId, durationMs, publishedAt }: Publication): Promise<void> {
    await tx.query(
      `insert into publication (title_id, asset_id, duration_ms, published_at) values ($1, $2, $3, $4)
       on conflict (title_id) do update
         set asset_id = excluded.asset_id, duration_ms = excluded.duration_ms, published_at = excluded.published_at
         where publication.published_at <= excluded.published_at`,
      [titleId, assetId, durationMs, publishedAt],
    );
  }
}
