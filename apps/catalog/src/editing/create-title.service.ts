import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { lockInTransaction, Transactions } from '@viernes/database';
import { TitleEntity } from '../title/title.entity.js';
import type { TitleDetails, TitleInput } from '../title/title.js';
import { TitleRepository } from '../title/title.repository.js';
import { SaveTitles } from './save-titles.service.js';

@Injectable()
export class CreateTitle {
  constructor(
    private readonly titles: TitleRepository,
    private readonly save: SaveTitles,
    private readonly transactions: Transactions,
  ) {}

  /**
   * @throws CodedError TITLE_EXISTS if the external ID is in use, so that a retry creates no second title;
   * PERSON_NOT_FOUND
   */
  async run(input: TitleInput): Promise<TitleDetails> {
    const { externalId } = input;
    return this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'titleEditing');
      if (externalId !== undefined && (await tx.existsBy(TitleEntity, { externalId }))) {
        throw new CodedError('TITLE_EXISTS', { externalId });
      }
      const id = randomUUID();
      await this.save.run(tx, [{ id, input, before: undefined }]);
      return this.titles.getForEditing(tx, id);
    });
  }
}
