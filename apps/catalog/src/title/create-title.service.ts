import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import type { NewTitle, Title } from './title.js';
import { TitleRepository } from './title.repository.js';

@Injectable()
export class CreateTitle {
  constructor(
    private readonly titles: TitleRepository,
    private readonly transactions: Transactions,
  ) {}

  /** @throws CodedError TITLE_EXISTS where a title with the same external id is there: a repeated call makes no second one */
  async run(newTitle: NewTitle): Promise<Title> {
    return this.transactions.run(async (tx) => {
      const title = await this.titles.insert(tx, randomUUID(), newTitle);
      if (!title) throw new CodedError('TITLE_EXISTS', { externalId: newTitle.externalId ?? '' });
      return title;
    });
  }
}
