import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { lockInTransaction, Transactions } from '@viernes/database';
import { TitleRepository } from '../title/title.repository.js';
import { TitleDeletion } from './title-deletion.js';

@Injectable()
export class DeleteTitle {
  constructor(
    private readonly titles: TitleRepository,
    private readonly deletion: TitleDeletion,
    private readonly transactions: Transactions,
  ) {}

  /** Hides a title until it is restored. @throws CodedError TITLE_NOT_FOUND if it is already deleted, TITLE_CHANGED */
  async run(id: string, revision: number): Promise<void> {
    await this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'titleEditing');
      const title = await this.titles.getForEditing(tx, id);
      if (title.revision !== revision) throw new CodedError('TITLE_CHANGED', { id, revision: title.revision });
      await this.deletion.change(tx, id, 'deleted', revision + 1);
    });
  }
}
