import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { ChangeRepository, type ChangePage } from '../change/change.repository.js';
import { TitleEntity } from '../title/title.entity.js';
import type { ListTitleChangesRequest } from './editing.requests.js';

@Injectable()
export class ListTitleChanges {
  constructor(
    private readonly changes: ChangeRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Lists the changes of a title, even of a deleted one, newest first. @throws CodedError TITLE_NOT_FOUND, CURSOR_INVALID */
  async run({ titleId, cursor, pageSize }: ListTitleChangesRequest): Promise<ChangePage> {
    return this.transactions.run(async (tx) => {
      if (!(await tx.existsBy(TitleEntity, { id: titleId }))) throw new CodedError('TITLE_NOT_FOUND', { titleId });
      return this.changes.list(tx, `titles/${titleId}`, cursor, pageSize);
    });
  }
}
