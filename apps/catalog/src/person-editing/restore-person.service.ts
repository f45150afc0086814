import { Injectable } from '@nestjs/common';
import { CodedError, PersonChangedV1 } from '@viernes/contracts';
import { lockInTransaction, Transactions } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { listFieldChanges } from '../change/change.js';
import { ChangeRepository } from '../change/change.repository.js';
import { PersonEntity } from '../person/person.entity.js';
import { DeletedPersonEntity } from './deleted-person.entity.js';
import { PersonCredits } from './person-credits.js';

@Injectable()
export class RestorePerson {
  constructor(
    private readonly credits: PersonCredits,
    private readonly changes: ChangeRepository,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Restores a deleted person with their credits, of which `PersonCredits.restore` omits some. If another person has the
   * slug by now, appends the start of the ID to it. Has no effect on a person who is not deleted.
   *
   * @throws CodedError PERSON_NOT_FOUND
   */
  async run(id: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'titleEditing');
      if (await tx.existsBy(PersonEntity, { id })) return;
      const deleted = await tx.findOneBy(DeletedPersonEntity, { id });
      if (!deleted) throw new CodedError('PERSON_NOT_FOUND', { personId: id });
      const { name, credits, revision } = deleted;
      const isTaken = await tx.existsBy(PersonEntity, { slug: deleted.slug });
      const slug = isTaken ? `${deleted.slug}-${id.slice(0, 8)}` : deleted.slug;
      await tx.delete(DeletedPersonEntity, { id });
      await tx.insert(PersonEntity, { id, name, slug, revision: revision + 1 });
      await this.credits.restore(tx, { id, name }, credits);
      const fields = listFieldChanges({ slug: deleted.slug }, { slug });
      await this.changes.add(tx, [{ resource: `people/${id}`, revision: revision + 1, action: 'restored', fields }]);
      await this.outbox.add(tx, PersonChangedV1, { personId: id });
    });
  }
}
