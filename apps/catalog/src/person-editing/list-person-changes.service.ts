import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { ChangeRepository, type ChangePage } from '../change/change.repository.js';
import { PersonEntity } from '../person/person.entity.js';
import { DeletedPersonEntity } from './deleted-person.entity.js';
import type { ListPersonChangesRequest } from './person-editing.requests.js';

@Injectable()
export class ListPersonChanges {
  constructor(
    private readonly changes: ChangeRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Lists the changes of a person, even of a deleted one, newest first. @throws CodedError PERSON_NOT_FOUND, CURSOR_INVALID */
  async run({ personId, cursor, pageSize }: ListPersonChangesRequest): Promise<ChangePage> {
    return this.transactions.run(async (tx) => {
      const where = { id: personId };
      if (!(await tx.existsBy(PersonEntity, where)) && !(await tx.existsBy(DeletedPersonEntity, where))) {
        throw new CodedError('PERSON_NOT_FOUND', { personId });
      }
      return this.changes.list(tx, `people/${personId}`, cursor, pageSize);
    });
  }
}
