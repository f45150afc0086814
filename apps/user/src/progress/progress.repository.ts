import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Transaction } from '@viernes/database';
import { Repository } from 'typeorm';
import { CONTINUE_FROM_MS } from './progress.js';
import { ProgressEntity } from './progress.entity.js';

export interface Progress {
  readonly titleId: string;
  readonly assetId: string;
  readonly positionMs: number;
  readonly durationMs: number;
  readonly occurredAt: Date;
}

export interface NewProgress extends Progress {
  readonly profileId: string;
  readonly accountId: string;
  readonly isFinished: boolean;
}

@Injectable()
export class ProgressRepository {
  constructor(@InjectRepository(ProgressEntity) private readonly progress: Repository<ProgressEntity>) {}

  /** The later moment wins, in whatever order they come; a profile that is not the account's keeps what it has. */
  async putLatest(tx: Transaction, progress: NewProgress): Promise<void> {
    await tx.query(
      `insert into progress as known (profile_id, title_id, asset_id, position_ms, duration_ms, is_finished, occurred_at)
       select id, $3, $4, $5, $6, $7, $8 from profile where id = $1 and account_id = $2
       on conflict (profile_id, title_id) do update
         set asset_id = excluded.asset_id, position_ms = excluded.position_ms, duration_ms = excluded.duration_ms,
             is_finished = excluded.is_finished, occurred_at = excluded.occurred_at
         where known.occurred_at <= excluded.occurred_at`,
      [
        progress.profileId,
        progress.accountId,
        progress.titleId,
        progress.assetId,
        progress.positionMs,
        progress.durationMs,
        progress.isFinished,
        progress.occurredAt,
      ],
    );
  }

  /** Begun and unfinished, latest first. */
  async listUnfinished(profileId: string, limit: number): Promise<Progress[]> {
    return this.progress.query<Progress[]>(
      `select title_id as "titleId", asset_id as "assetId", position_ms::float8 as "positionMs",
         duration_ms::float8 as "durationMs", occurred_at as "occurredAt"
       from progress where profile_id = $1 and not is_finished and position_ms >= $2
       order by occurred_at desc, title_id limit $3`,
      [profileId, CONTINUE_FROM_MS, limit],
    );
  }

  /** @returns milliseconds; 0 where the profile never began the title or has finished it */
  async resumePositionMs(profileId: string, titleId: string): Promise<number> {
    const [row] = await this.progress.query<{ positionMs: number }[]>(
      `select position_ms::float8 as "positionMs" from progress
       where profile_id = $1 and title_id = $2 and not is_finished`,
      [profileId, titleId],
    );
    return row?.positionMs ?? 0;
  }
}
