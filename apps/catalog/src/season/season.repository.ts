import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Reads, type ReadStatement, type Transaction } from '@viernes/database';
import { ViewerReads } from '../audience/viewer-reads.js';
import { DeletedSeasonEntity } from './deleted-season.entity.js';
import { EpisodeEntity } from './episode.entity.js';
import { SeasonEntity } from './season.entity.js';
import type { EditedSeason, Episode, Season, SeasonInput } from './season.js';

// Raw SQL: named statements, because viewers read seasons whenever they open a series.
const LIST_SEASONS: ReadStatement = {
  name: 'season-list',
  text: `SELECT number, name, synopsis, release_year AS "releaseYear", revision FROM season WHERE title_id = $1 ORDER BY number`,
};

const EPISODE_COLUMNS = `e.id, e.title_id AS "titleId", e.season_number AS "seasonNumber", e.number, e.name, e.synopsis,
  e.runtime_minutes AS "runtimeMinutes", e.released_on::text AS "releasedOn", CAST(p.duration_ms AS float8) AS "durationMs"`;

const LIST_EPISODES: ReadStatement = {
  name: 'episode-list',
  text: `SELECT ${EPISODE_COLUMNS} FROM episode e LEFT JOIN publication p ON p.title_id = e.id
    WHERE e.title_id = $1 ORDER BY e.season_number, e.number`,
};

const BATCH_GET_EPISODES: ReadStatement = {
  name: 'episode-batch-get',
  text: `SELECT ${EPISODE_COLUMNS} FROM episode e JOIN visible_title t ON t.id = e.title_id
    LEFT JOIN publication p ON p.title_id = e.id WHERE e.id = ANY ($1::uuid[])`,
};

/** Specials, which are season 0, come last. */
const NEXT_EPISODES: ReadStatement = {
  name: 'episode-next',
  text: `SELECT previous.id AS "previousId", next.* FROM episode previous JOIN visible_title t ON t.id = previous.title_id
    CROSS JOIN LATERAL (
      SELECT ${EPISODE_COLUMNS} FROM episode e JOIN publication p ON p.title_id = e.id
      WHERE e.title_id = previous.title_id AND (e.season_number = 0, e.season_number, e.number)
        > (previous.season_number = 0, previous.season_number, previous.number)
      ORDER BY e.season_number = 0, e.season_number, e.number LIMIT 1) next
    WHERE previous.id = ANY ($1::uuid[])`,
};

// Raw SQL: the query builder cannot move rows between tables.
const REMOVE_OTHER_EPISODES = `
  WITH removed AS (
    DELETE FROM episode WHERE title_id = $1 AND season_number = $2 AND number <> ALL ($3::smallint[]) RETURNING *)
  INSERT INTO deleted_episode (title_id, season_number, number, episode)
  SELECT title_id, season_number, number, to_jsonb(r) FROM removed r
  ON CONFLICT (title_id, season_number, number) DO UPDATE SET episode = excluded.episode`;

const RESTORE_EPISODES = `
  WITH deleted AS (
    DELETE FROM deleted_episode WHERE title_id = $1 AND season_number = $2 AND number = ANY ($3::smallint[]) RETURNING episode)
  INSERT INTO episode SELECT (jsonb_populate_record(NULL::episode, episode)).* FROM deleted RETURNING id`;

const DELETE_SEASON = `
  WITH removed_episode AS (DELETE FROM episode WHERE title_id = $1 AND season_number = $2 RETURNING *),
    removed_season AS (DELETE FROM season WHERE title_id = $1 AND number = $2 RETURNING *)
  INSERT INTO deleted_season (title_id, number, season, episodes)
  SELECT title_id, number, to_jsonb(s) || jsonb_build_object('revision', revision + 1), (SELECT coalesce(jsonb_agg(to_jsonb(e)), '[]') FROM removed_episode e)
  FROM removed_season s
  ON CONFLICT (title_id, number) DO UPDATE SET season = excluded.season, episodes = excluded.episodes`;

const RESTORE_SEASON = `
  WITH deleted AS (DELETE FROM deleted_season WHERE title_id = $1 AND number = $2 RETURNING season, episodes),
    restored AS (
      INSERT INTO season SELECT (jsonb_populate_record(NULL::season,
        season || jsonb_build_object('revision', (season->>'revision')::integer + 1))).* FROM deleted)
  INSERT INTO episode SELECT e.* FROM deleted, jsonb_populate_recordset(NULL::episode, episodes) e`;

type Nullable<Row> = {
  readonly [Key in keyof Row]-?: undefined extends Row[Key] ? Exclude<Row[Key], undefined> | null : Row[Key];
};
type EpisodeRow = Nullable<Episode>;
type NextEpisodeRow = EpisodeRow & { readonly previousId: string };
type SeasonRow = Nullable<Omit<Season, 'episodes'>>;

@Injectable()
export class SeasonRepository {
  constructor(
    private readonly reads: Reads,
    private readonly viewerReads: ViewerReads,
  ) {}

  /** Lists the seasons of a series with their episodes, in order. */
  async list(titleId: string): Promise<Season[]> {
    const [seasons, episodes] = await Promise.all([
      this.reads.run<SeasonRow>(LIST_SEASONS, [titleId]),
      this.reads.run<EpisodeRow>(LIST_EPISODES, [titleId]),
    ]);
    return seasons.map(({ releaseYear, ...season }) => ({
      ...season,
      releaseYear: releaseYear ?? undefined,
      episodes: episodes.filter(({ seasonNumber }) => seasonNumber === season.number).map(toEpisode),
    }));
  }

  /** Lists episodes in the order of `ids`. Omits unknown ones, and those of series that the caller cannot see. */
  async listEpisodes(ids: readonly string[]): Promise<Episode[]> {
    const rows = await this.viewerReads.run<EpisodeRow>(BATCH_GET_EPISODES, [ids], true);
    const episodes = new Map(rows.map((row) => [row.id, toEpisode(row)]));
    return ids.flatMap((id) => episodes.get(id) ?? []);
  }

  /** Returns the next playable episode after each episode of a visible series, by the ID of the previous one. */
  async listNextEpisodes(ids: readonly string[]): Promise<ReadonlyMap<string, Episode>> {
    const rows = await this.viewerReads.run<NextEpisodeRow>(NEXT_EPISODES, [ids]);
    return new Map(rows.map(({ previousId, ...row }) => [previousId, toEpisode(row)]));
  }

  /**
   * Creates or replaces a season. An episode with the same number keeps its ID, so that its video and progress remain.
   * Episodes that are not in the input are stored for `restoreEpisode` and `restoreEpisodes`.
   */
  async put(tx: Transaction, titleId: string, revision: number, { episodes, ...season }: SeasonInput): Promise<void> {
    await tx.upsert(SeasonEntity, { ...season, titleId, revision, releaseYear: season.releaseYear ?? null }, [
      'titleId',
      'number',
    ]);
    const seasonNumber = season.number;
    const numbers = episodes.map(({ number }) => number);
    await tx.query(REMOVE_OTHER_EPISODES, [titleId, seasonNumber, numbers]);
    if (episodes.length === 0) return;
    await tx
      .createQueryBuilder()
      .insert()
      .into(EpisodeEntity)
      .values(episodes.map((episode) => ({ ...episode, id: randomUUID(), titleId, seasonNumber })))
      .orUpdate(['name', 'synopsis', 'runtime_minutes', 'released_on'], ['title_id', 'season_number', 'number'])
      .updateEntity(false)
      .execute();
  }

  /** @returns undefined if the season does not exist */
  async findForEditing(tx: Transaction, titleId: string, number: number): Promise<EditedSeason | undefined> {
    const season = await tx.findOneBy(SeasonEntity, { titleId, number });
    if (!season) return undefined;
    const where = { titleId, seasonNumber: number };
    const episodes = await tx.find(EpisodeEntity, { where, order: { number: 'ASC' } });
    return {
      ...season,
      releaseYear: season.releaseYear ?? undefined,
      episodes: episodes.map((row) => toEpisode({ ...row, durationMs: null })),
    };
  }

  /**
   * Returns the revision of the last deleted season with this number. A new season continues from it, so that an editor
   * who has read the deleted one cannot replace the new one.
   */
  async findDeletedRevision(tx: Transaction, titleId: string, number: number): Promise<number | undefined> {
    const deleted = await tx.findOneBy(DeletedSeasonEntity, { titleId, number });
    return deleted?.season.revision;
  }

  /** Moves a season with its episodes to `deleted_season`. Increases the revision. */
  async delete(tx: Transaction, titleId: string, number: number): Promise<void> {
    await tx.query(DELETE_SEASON, [titleId, number]);
  }

  /** Moves the last deleted season with this number back. Increases the revision. Its episodes keep their IDs. */
  async restore(tx: Transaction, titleId: string, number: number): Promise<void> {
    await tx.query(RESTORE_SEASON, [titleId, number]);
  }

  /** Inserts the last removed episodes whose numbers are in `after` and not in `before`, with their IDs. Skips unknown numbers. */
  async restoreEpisodes(tx: Transaction, titleId: string, before: SeasonInput, after: SeasonInput): Promise<void> {
    const existing = new Set(before.episodes.map(({ number }) => number));
    const added = after.episodes.map(({ number }) => number).filter((number) => !existing.has(number));
    await tx.query(RESTORE_EPISODES, [titleId, before.number, added]);
  }

  /**
   * Inserts the last removed episode with this number, with its ID.
   *
   * @throws CodedError EPISODE_NOT_FOUND if none was removed
   */
  async restoreEpisode(tx: Transaction, titleId: string, seasonNumber: number, number: number): Promise<void> {
    const restored = await tx.query<{ id: string }[]>(RESTORE_EPISODES, [titleId, seasonNumber, [number]]);
    if (restored.length === 0) throw new CodedError('EPISODE_NOT_FOUND', { titleId, seasonNumber, number });
    await tx.increment(SeasonEntity, { titleId, number: seasonNumber }, 'revision', 1);
  }
}

function toEpisode(row: EpisodeRow): Episode {
  return {
    ...row,
    runtimeMinutes: row.runtimeMinutes ?? undefined,
    releasedOn: row.releasedOn ?? undefined,
    durationMs: row.durationMs ?? undefined,
  };
}
