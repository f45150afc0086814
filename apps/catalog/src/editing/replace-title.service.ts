import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { lockInTransaction, Transactions } from '@viernes/database';
import { Not } from 'typeorm';
import { TitleEntity } from '../title/title.entity.js';
import type { TitleDetails } from '../title/title.js';
import { TitleRepository } from '../title/title.repository.js';
import type { ReplaceTitleRequest } from './editing.requests.js';
import { SaveTitles } from './save-titles.service.js';

@Injectable()
export class ReplaceTitle {
  constructor(
    private readonly titles: TitleRepository,
    private readonly save: SaveTitles,
    private readonly transactions: Transactions,
  ) {}

  /**
   * @throws CodedError TITLE_NOT_FOUND, TITLE_CHANGED, TITLE_EXISTS if another title has the external ID,
   * TITLE_KIND_IN_USE if the title has seasons or a video, which the other kind cannot have, PERSON_NOT_FOUND
   */
  async run({ titleId: id, revision, title: input }: ReplaceTitleRequest): Promise<TitleDetails> {
    return this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'titleEditing');
      const before = await this.titles.getForEditing(tx, id);
      if (before.revision !== revision) throw new CodedError('TITLE_CHANGED', { id, revision: before.revision });
      const { externalId } = input;
      if (externalId !== undefined && (await tx.existsBy(TitleEntity, { externalId, id: Not(id) }))) {
        throw new CodedError('TITLE_EXISTS', { externalId });
      }
      if (input.kind !== before.kind && (await this.titles.findFixedKinds(tx, [id])).has(id)) {
        throw new CodedError('TITLE_KIND_IN_USE', { id, kind: before.kind });
      }
      await this.save.run(tx, [{ id, input, before }]);
      return this.titles.getForEditing(tx, id);
    });
  }
}
