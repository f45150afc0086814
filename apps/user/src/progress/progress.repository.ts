import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { RowCleanups, type Transaction } from '@viernes/database';
import { PageCursor, timestamp, uuid, type Page } from '@viernes/platform';
import { Any, MoreThanOrEqual, Repository } from 'typeorm';
import { z } from 'zod';
import { HistoryRemovalEntity } from './history-removal.entity.js';
import { ProgressEntity } from './progress.entity.js';
import { MIN_CONTINUE_MS, type Progress } from './progress.js';

export interface WatchedTitle extends Progress {
  readonly isFinished: boolean;
}

export interface NewProgress extends WatchedTitle {
  readonly profileId: string;
  readonly accountId: string;
}

/** The time at which a title was watched last, and its ID. */
const CURSOR = new PageCursor('history', z.tuple([timestamp, uuid]));

/**
 * The title was removed from the history after the progress. Compares times of two databases, whose clocks differ only
 * by milliseconds.
 */
const WAS_REMOVED = `EXISTS (SELECT 1 FROM history_removal removal
  WHERE removal.profile_id = profile.id AND removal.removed_at >= "occurredAt"
    AND (removal.title_ids IS NULL OR "titleId" = ANY (removal.title_ids)))`;

@Injectable()
export class ProgressRepository {
  constructor(
    @InjectRepository(ProgressEntity) private readonly progress: Repository<ProgressEntity>,
    @InjectRepository(HistoryRemovalEntity) private readonly removals: Repository<HistoryRemovalEntity>,
    cleanups: RowCleanups,
  ) {
    cleanups.add({
      table: 'history_removal',
      key: 'id',
      // Events that were published before the removal are no longer on the broker.
      where: `removed_at < now() - interval '7 days'`,
      orderBy: 'removed_at',
    });
  }

  /**
   * Stores the latest of these positions per profile and title, unless a later one is stored, the title was removed from
   * the history since then, or the profile does not belong to the account.
   */
  async putLatest(tx: Transaction, progress: readonly NewProgress[]): Promise<void> {
    // Raw SQL: the query builder cannot insert a list that is joined with a table, which checks the owners.
    await tx.query(
      `INSERT INTO progress (profile_id, title_id, asset_id, position_ms, duration_ms, is_finished, occurred_at)
       SELECT DISTINCT ON (profile.id, "titleId")
         profile.id, "titleId", "assetId", "positionMs", "durationMs", "isFinished", "occurredAt"
       FROM jsonb_to_recordset($1) AS new ("profileId" uuid, "accountId" uuid, "titleId" uuid, "assetId" text,
         "positionMs" bigint, "durationMs" bigint, "isFinished" boolean, "occurredAt" timestamptz)
       JOIN profile ON profile.id = "profileId" AND profile.account_id = "accountId"
       WHERE NOT ${WAS_REMOVED}
       ORDER BY profile.id, "titleId", "occurredAt" DESC
       ON CONFLICT (profile_id, title_id) DO UPDATE SET asset_id = excluded.asset_id,
         position_ms = excluded.position_ms, duration_ms = excluded.duration_ms,
         is_finished = excluded.is_finished, occurred_at = excluded.occurred_at
       WHERE progress.occurred_at <= excluded.occurred_at`,
      [JSON.stringify(progress)],
    );
  }

  /** Lists titles that the profile started and did not finish, latest first. */
  async listUnfinished(profileId: string, limit: number): Promise<Progress[]> {
    const rows = await this.progress.find({
      where: { profileId, isFinished: false, positionMs: MoreThanOrEqual(MIN_CONTINUE_MS) },
      order: { occurredAt: 'DESC', titleId: 'ASC' },
      take: limit,
    });
    return rows.map(toProgress);
  }

  /** Lists titles that the profile finished, latest first. */
  async listFinished(profileId: string, limit: number): Promise<Progress[]> {
    const rows = await this.progress.find({
      where: { profileId, isFinished: true },
      order: { occurredAt: 'DESC', titleId: 'ASC' },
      take: limit,
    });
    return rows.map(toProgress);
  }

  /** @returns milliseconds; 0 if the profile has not started the title or has finished it */
  async getResumePositionMs(profileId: string, titleId: string): Promise<number> {
    const progress = await this.progress.findOneBy({ profileId, titleId, isFinished: false });
    return progress?.positionMs ?? 0;
  }

  /** Returns the progress that changed last among these titles. */
  async findLatest(profileId: string, titleIds: readonly string[]): Promise<LatestProgress | undefined> {
    const latest = await this.progress.findOne({
      where: { profileId, titleId: Any([...titleIds]) },
      order: { occurredAt: 'DESC', titleId: 'ASC' },
    });
    return latest ?? undefined;
  }

  /** Lists all titles that the profile watched, latest first. @throws CodedError CURSOR_INVALID */
  async listWatched(profileId: string, cursor: string, pageSize: number): Promise<Page<WatchedTitle>> {
    const [occurredAt, titleId] = CURSOR.decode(cursor) ?? [];
    const query = this.progress
      .createQueryBuilder('progress')
      .where({ profileId })
      .orderBy('progress.occurredAt', 'DESC')
      .addOrderBy('progress.titleId', 'DESC')
      .limit(pageSize + 1);
    if (occurredAt) {
      query.andWhere('(progress.occurredAt, progress.titleId) < (:occurredAt, :titleId)', { occurredAt, titleId });
    }
    return CURSOR.toPage(await query.getMany(), pageSize, (last) => [last.occurredAt, last.titleId]);
  }

  async remove(profileId: string, titleIds: readonly string[]): Promise<void> {
    // Inserted first, so that an event cannot restore the progress between the two statements.
    await this.removals.insert({ id: randomUUID(), profileId, titleIds: [...titleIds] });
    await this.progress.delete({ profileId, titleId: Any([...titleIds]) });
  }

  async clear(profileId: string): Promise<void> {
    await this.removals.insert({ id: randomUUID(), profileId, titleIds: null });
    await this.progress.delete({ profileId });
  }
}

export interface LatestProgress {
  readonly titleId: string;
  readonly isFinished: boolean;
}

function toProgress({ titleId, assetId, positionMs, durationMs, occurredAt }: ProgressEntity): Progress {
  return { titleId, assetId, positionMs, durationMs, occurredAt };
}
