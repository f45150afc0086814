import { Injectable } from '@nestjs/common';
import { CodedError, TitleChangedV1 } from '@viernes/contracts';
import { lockInTransaction, Transactions, type Transaction } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { PublicationRepository } from '../publication/publication.repository.js';
import { TitleRepository } from '../title/title.repository.js';
import { SeasonRepository } from './season.repository.js';
import type { Season, SeasonInput } from './season.js';

/** Changes the seasons of a series. A season is replaced as a whole, so that a repeated request has the same result. */
@Injectable()
export class EditSeasons {
  constructor(
    private readonly titles: TitleRepository,
    private readonly seasons: SeasonRepository,
    private readonly publications: PublicationRepository,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @param revision undefined for a new season
   * @throws CodedError TITLE_NOT_FOUND, TITLE_NOT_A_SERIES, SEASON_EXISTS, SEASON_NOT_FOUND, SEASON_CHANGED
   */
  async put(titleId: string, revision: number | undefined, input: SeasonInput): Promise<Season> {
    const { number } = input;
    await this.change(titleId, async (tx) => {
      const current = await this.seasons.findRevision(tx, titleId, number);
      if (revision !== undefined) assertUnchanged(titleId, number, current, revision);
      else if (current !== undefined) throw new CodedError('SEASON_EXISTS', { titleId, number });
      const last = current ?? (await this.seasons.findDeletedRevision(tx, titleId, number));
      await this.seasons.put(tx, titleId, (last ?? 0) + 1, input);
    });
    return this.get(titleId, number);
  }

  /** @throws CodedError TITLE_NOT_FOUND, TITLE_NOT_A_SERIES, SEASON_NOT_FOUND, SEASON_CHANGED */
  async delete(titleId: string, number: number, revision: number): Promise<void> {
    await this.change(titleId, async (tx) => {
      assertUnchanged(titleId, number, await this.seasons.findRevision(tx, titleId, number), revision);
      await this.seasons.delete(tx, titleId, number);
    });
  }

  /**
   * Undoes the latest deletion of a season. Has no effect on a season that exists.
   *
   * @throws CodedError TITLE_NOT_FOUND, TITLE_NOT_A_SERIES, SEASON_NOT_FOUND if there was no deletion
   */
  async restore(titleId: string, number: number): Promise<Season> {
    await this.change(titleId, async (tx) => {
      if ((await this.seasons.findRevision(tx, titleId, number)) === undefined) {
        await this.seasons.restore(tx, titleId, number);
      }
    });
    return this.get(titleId, number);
  }

  /**
   * Undoes the latest removal of an episode from its season. Has no effect on an episode that exists.
   *
   * @throws CodedError TITLE_NOT_FOUND, TITLE_NOT_A_SERIES, SEASON_NOT_FOUND, EPISODE_NOT_FOUND if none was removed
   */
  async restoreEpisode(titleId: string, seasonNumber: number, number: number): Promise<Season> {
    await this.change(titleId, async (tx) => {
      if ((await this.seasons.findRevision(tx, titleId, seasonNumber)) === undefined) {
        throw new CodedError('SEASON_NOT_FOUND', { titleId, number: seasonNumber });
      }
      await this.seasons.restoreEpisode(tx, titleId, seasonNumber, number);
    });
    return this.get(titleId, seasonNumber);
  }

  private async get(titleId: string, number: number): Promise<Season> {
    const season = (await this.seasons.list(titleId)).find((each) => each.number === number);
    if (!season) throw new CodedError('SEASON_NOT_FOUND', { titleId, number });
    return season;
  }

  private async change(titleId: string, work: (tx: Transaction) => Promise<void>): Promise<void> {
    await this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'titleEditing');
      const { kind } = await this.titles.getForEditing(tx, titleId);
      if (kind !== 'series') throw new CodedError('TITLE_NOT_A_SERIES', { titleId });
      await work(tx);
      await this.publications.putFirstEpisode(tx, titleId);
      await this.outbox.add(tx, TitleChangedV1, { titleId });
    });
  }
}

function assertUnchanged(titleId: string, number: number, current: number | undefined, revision: number): void {
  if (current === undefined) throw new CodedError('SEASON_NOT_FOUND', { titleId, number });
  if (current !== revision) throw new CodedError('SEASON_CHANGED', { titleId, number, revision: current });
}
