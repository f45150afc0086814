import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError, TitleChangedV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { TitleSearchRepository } from './title-search.repository.js';
import type { NewTitle, Title } from './title.js';
import { TitleRepository } from './title.repository.js';

@Injectable()
export class CreateTitle {
  constructor(
    private readonly titles: TitleRepository,
    private readonly search: TitleSearchRepository,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /** @throws CodedError TITLE_EXISTS if the external ID is in use, so that a retry creates no second title */
  async run(newTitle: NewTitle): Promise<Title> {
    return this.transactions.run(async (tx) => {
      const title = await this.titles.insert(tx, randomUUID(), newTitle);
      if (!title) throw new CodedError('TITLE_EXISTS', { externalId: newTitle.externalId ?? '' });
      await this.search.add(tx, [title.id]);
      await this.outbox.add(tx, TitleChangedV1, { titleId: title.id });
      return title;
    });
  }
}
