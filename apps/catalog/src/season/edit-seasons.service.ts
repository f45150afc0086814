import { Injectable } from '@nestjs/common';
import { CodedError, TitleChangedV1 } from '@viernes/contracts';
import { lockInTransaction, Transactions, type Transaction } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { listFieldChanges, type NewChange } from '../change/change.js';
import { ChangeRepository } from '../change/change.repository.js';
import { PublicationRepository } from '../publication/publication.repository.js';
import { TitleRepository } from '../title/title.repository.js';
import { SeasonRepository } from './season.repository.js';
import {
  MAX_EPISODES,
  toSeasonFields,
  toSeasonResource,
  type EditedSeason,
  type Season,
  type SeasonInput,
} from './season.js';

/** A change of one season. Undefined if nothing differs. */
type Change = Omit<NewChange, 'resource'> | undefined;

export interface PutSeason extends SeasonInput {
  /** Undefined for a new season. */
  readonly revision?: number | undefined;
  /** Whether an added episode gets the ID, and therefore the video, of the last removed episode with its number. */
  readonly restoreEpisodes: boolean;
}

/** Changes the seasons of a series. A season is replaced completely, so that a repeated request has the same result. */
@Injectable()
export class EditSeasons {
  constructor(
    private readonly titles: TitleRepository,
    private readonly seasons: SeasonRepository,
    private readonly publications: PublicationRepository,
    private readonly changes: ChangeRepository,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /** @throws CodedError TITLE_NOT_FOUND, TITLE_NOT_A_SERIES, SEASON_EXISTS, SEASON_NOT_FOUND, SEASON_CHANGED */
  async put(titleId: string, { revision, restoreEpisodes, ...input }: PutSeason): Promise<Season> {
    const { number } = input;
    await this.change(titleId, number, async (tx, current) => {
      if (revision !== undefined) assertUnchanged(titleId, number, current, revision);
      else if (current) throw new CodedError('SEASON_EXISTS', { titleId, number });
      const fields = listFieldChanges({ ...(current && toSeasonFields(current)) }, toSeasonFields(input));
      if (current && fields.length === 0) return undefined;
      const last = current?.revision ?? (await this.seasons.findDeletedRevision(tx, titleId, number)) ?? 0;
      if (current && restoreEpisodes) await this.seasons.restoreEpisodes(tx, titleId, current, input);
      await this.seasons.put(tx, titleId, last + 1, input);
      return { revision: last + 1, action: current ? 'replaced' : 'created', fields };
    });
    return this.get(titleId, number);
  }

  /** @throws CodedError TITLE_NOT_FOUND, TITLE_NOT_A_SERIES, SEASON_NOT_FOUND, SEASON_CHANGED */
  async delete(titleId: string, number: number, revision: number): Promise<void> {
    await this.change(titleId, number, async (tx, current) => {
      assertUnchanged(titleId, number, current, revision);
      await this.seasons.delete(tx, titleId, number);
      return { revision: revision + 1, action: 'deleted', fields: [] };
    });
  }

  /**
   * Undoes the latest deletion of a season. Has no effect on a season that exists.
   *
   * @throws CodedError TITLE_NOT_FOUND, TITLE_NOT_A_SERIES, SEASON_NOT_FOUND if there was no deletion
   */
  async restore(titleId: string, number: number): Promise<Season> {
    await this.change(titleId, number, async (tx, current) => {
      if (current) return undefined;
      const last = await this.seasons.findDeletedRevision(tx, titleId, number);
      if (last === undefined) throw new CodedError('SEASON_NOT_FOUND', { titleId, number });
      await this.seasons.restore(tx, titleId, number);
      return { revision: last + 1, action: 'restored', fields: [] };
    });
    return this.get(titleId, number);
  }

  /**
   * Undoes the latest removal of an episode from its season. Has no effect on an episode that exists.
   *
   * @throws CodedError TITLE_NOT_FOUND, TITLE_NOT_A_SERIES, SEASON_NOT_FOUND, EPISODE_NOT_FOUND if none was removed,
   *   REQUEST_INVALID if the season is full
   */
  async restoreEpisode(titleId: string, seasonNumber: number, number: number): Promise<Season> {
    await this.change(titleId, seasonNumber, async (tx, current) => {
      if (!current) throw new CodedError('SEASON_NOT_FOUND', { titleId, number: seasonNumber });
      if (current.episodes.some((each) => each.number === number)) return undefined;
      if (current.episodes.length >= MAX_EPISODES) throw newFullSeasonError();
      await this.seasons.restoreEpisode(tx, titleId, seasonNumber, number);
      const restored = await this.seasons.findForEditing(tx, titleId, seasonNumber);
      const fields = listFieldChanges(toSeasonFields(current), { ...(restored && toSeasonFields(restored)) });
      return { revision: current.revision + 1, action: 'replaced', fields };
    });
    return this.get(titleId, seasonNumber);
  }

  private async get(titleId: string, number: number): Promise<Season> {
    const season = (await this.seasons.list(titleId)).find((each) => each.number === number);
    if (!season) throw new CodedError('SEASON_NOT_FOUND', { titleId, number });
    return season;
  }

  private async change(
    titleId: string,
    number: number,
    work: (tx: Transaction, current: EditedSeason | undefined) => Promise<Change>,
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'titleEditing');
      const { kind } = await this.titles.getForEditing(tx, titleId);
      if (kind !== 'series') throw new CodedError('TITLE_NOT_A_SERIES', { titleId });
      const change = await work(tx, await this.seasons.findForEditing(tx, titleId, number));
      if (!change) return;
      await this.changes.add(tx, [{ resource: toSeasonResource(titleId, number), ...change }]);
      await this.publications.putFirstEpisode(tx, titleId);
      await this.outbox.add(tx, TitleChangedV1, { titleId });
    });
  }
}

function assertUnchanged(titleId: string, number: number, current: EditedSeason | undefined, revision: number): void {
  if (!current) throw new CodedError('SEASON_NOT_FOUND', { titleId, number });
  if (current.revision !== revision) {
    throw new CodedError('SEASON_CHANGED', { titleId, number, revision: current.revision });
  }
}

function newFullSeasonError(): CodedError {
  const fieldErrors = [{ path: 'episodes', reason: 'maxItems', values: { count: MAX_EPISODES } }] as const;
  return new CodedError('REQUEST_INVALID', {}, { fieldErrors });
}
