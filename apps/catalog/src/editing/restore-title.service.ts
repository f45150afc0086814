import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { lockInTransaction, Transactions } from '@viernes/database';
import { TitleEntity } from '../title/title.entity.js';
import type { TitleDetails } from '../title/title.js';
import { TitleRepository } from '../title/title.repository.js';
import { TitleDeletion } from './title-deletion.js';

@Injectable()
export class RestoreTitle {
  constructor(
    private readonly titles: TitleRepository,
    private readonly deletion: TitleDeletion,
    private readonly transactions: Transactions,
  ) {}

  /** Restores a deleted title. Has no effect on a title that is not deleted. @throws CodedError TITLE_NOT_FOUND */
  async run(id: string): Promise<TitleDetails> {
    return this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'titleEditing');
      const title = await tx.findOneBy(TitleEntity, { id });
      if (!title) throw new CodedError('TITLE_NOT_FOUND', { titleId: id });
      if (title.deletedAt !== null) await this.deletion.change(tx, id, 'restored', title.revision + 1);
      return this.titles.getForEditing(tx, id);
    });
  }
}
