import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { ChangeRepository, type ChangePage } from '../change/change.repository.js';
import type { ListSeasonChangesRequest } from './season.requests.js';
import { toSeasonResource } from './season.js';

@Injectable()
export class ListSeasonChanges {
  constructor(
    private readonly changes: ChangeRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Lists the changes of a season, even of a deleted one, newest first.
   *
   * @throws CodedError SEASON_NOT_FOUND on the first page, if no season had this number; CURSOR_INVALID
   */
  async run({ titleId, number, cursor, pageSize }: ListSeasonChangesRequest): Promise<ChangePage> {
    const resource = toSeasonResource(titleId, number);
    const page = await this.transactions.run((tx) => this.changes.list(tx, resource, cursor, pageSize));
    // Every season has had an entry since its creation.
    if (page.entries.length === 0 && cursor === '') throw new CodedError('SEASON_NOT_FOUND', { titleId, number });
    return page;
  }
}
