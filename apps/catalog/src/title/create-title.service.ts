import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError, TitleCreatedV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import type { NewTitle, Title } from './title.js';
import { kindMessage } from './title.message.js';
import { TitleRepository } from './title.repository.js';

@Injectable()
export class CreateTitle {
  constructor(
    private readonly titles: TitleRepository,
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
  ) {}

  /** @throws CodedError TITLE_EXISTS where a title with the same external id is there: a repeated call makes no second one */
  async run(newTitle: NewTitle): Promise<Title> {
    return this.transactions.run(async (tx) => {
      const title = await this.titles.insert(tx, randomUUID(), newTitle);
      if (!title) throw new CodedError('TITLE_EXISTS', { externalId: newTitle.externalId ?? '' });
      const { id: titleId, kind, name, createdAt } = title;
      const created = { titleId, kind: kindMessage(kind), name, createdAt: createdAt.toISOString() };
      await this.outbox.add(tx, TitleCreatedV1, created);
      return title;
    });
  }
}
