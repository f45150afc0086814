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

  /** @throws CodedError TITLE_NOT_FOUND, TITLE_NOT_A_SERIES */
  async put(titleId: string, input: SeasonInput): Promise<Season> {
    await this.change(titleId, (tx) => this.seasons.put(tx, titleId, input));
    const season = (await this.seasons.list(titleId)).find(({ number }) => number === input.number);
    if (!season) throw new CodedError('SEASON_NOT_FOUND', { titleId, number: input.number });
    return season;
  }

  /** @throws CodedError TITLE_NOT_FOUND, TITLE_NOT_A_SERIES, SEASON_NOT_FOUND */
  async delete(titleId: string, number: number): Promise<void> {
    await this.change(titleId, async (tx) => {
      if (!(await this.seasons.delete(tx, titleId, number)))
        throw new CodedError('SEASON_NOT_FOUND', { titleId, number });
    });
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
