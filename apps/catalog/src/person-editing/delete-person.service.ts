import { Injectable } from '@nestjs/common';
import { CodedError, PersonChangedV1 } from '@viernes/contracts';
import { lockInTransaction, Transactions } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { ChangeRepository } from '../change/change.repository.js';
import { PersonEntity } from '../person/person.entity.js';
import { DeletedPersonEntity } from './deleted-person.entity.js';
import { PersonCredits } from './person-credits.js';

@Injectable()
export class DeletePerson {
  constructor(
    private readonly credits: PersonCredits,
    private readonly changes: ChangeRepository,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Removes a person and their credits until they are restored. The slug is free again: a later credit with the name
   * creates another person (decision 43).
   *
   * @throws CodedError PERSON_NOT_FOUND, also if the person is already deleted, PERSON_CHANGED
   */
  async run(id: string, revision: number): Promise<void> {
    await this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'titleEditing');
      const person = await tx.findOneBy(PersonEntity, { id });
      if (!person) throw new CodedError('PERSON_NOT_FOUND', { personId: id });
      if (person.revision !== revision) throw new CodedError('PERSON_CHANGED', { id, revision: person.revision });
      const credits = await this.credits.remove(tx, person);
      await tx.insert(DeletedPersonEntity, { ...person, revision: revision + 1, credits });
      await tx.delete(PersonEntity, { id });
      await this.changes.add(tx, [{ resource: `people/${id}`, revision: revision + 1, action: 'deleted', fields: [] }]);
      await this.outbox.add(tx, PersonChangedV1, { personId: id });
    });
  }
}
