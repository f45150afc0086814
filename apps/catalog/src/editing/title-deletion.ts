import { Injectable } from '@nestjs/common';
import { TitleChangedV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { ChangeRepository } from '../change/change.repository.js';
import { TitleSearchRepository } from '../search/title-search.repository.js';
import { TitleEntity } from '../title/title.entity.js';

/** Stores that a title is deleted or restored. */
@Injectable()
export class TitleDeletion {
  constructor(
    private readonly changes: ChangeRepository,
    private readonly search: TitleSearchRepository,
    private readonly outbox: Outbox,
  ) {}

  /** Changes whether a title is deleted, and records the change. The transaction must hold the lock `titleEditing`. */
  async change(tx: Transaction, id: string, action: 'deleted' | 'restored', revision: number): Promise<void> {
    const deletedAt = action === 'deleted' ? () => 'now()' : null;
    await tx.update(TitleEntity, { id }, { deletedAt, revision, updatedAt: () => 'now()' });
    await this.changes.add(tx, [{ resource: `titles/${id}`, revision, action, fields: [] }]);
    await this.search.put(tx, [id]);
    await this.outbox.add(tx, TitleChangedV1, { titleId: id });
  }
}
