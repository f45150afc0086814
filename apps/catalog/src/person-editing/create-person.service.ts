import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError, toSlug } from '@viernes/contracts';
import { lockInTransaction, Transactions } from '@viernes/database';
import { listFieldChanges } from '../change/change.js';
import { ChangeRepository } from '../change/change.repository.js';
import { PersonEntity } from '../person/person.entity.js';
import type { CreatePersonRequest } from './person-editing.requests.js';

@Injectable()
export class CreatePerson {
  constructor(
    private readonly changes: ChangeRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Creates a person without credits. If the request contains no slug, derives it from the name.
   *
   * @returns the ID
   * @throws CodedError PERSON_EXISTS if the slug is in use, so that a retry creates no second person
   */
  async run({ person: { name, slug: chosen } }: CreatePersonRequest): Promise<string> {
    const id = randomUUID();
    const slug = chosen ?? (toSlug(name) || id);
    return this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'titleEditing');
      if (await tx.existsBy(PersonEntity, { slug })) throw new CodedError('PERSON_EXISTS', { slug });
      await tx.insert(PersonEntity, { id, name, slug });
      const fields = listFieldChanges({}, { name, slug });
      await this.changes.add(tx, [{ resource: `people/${id}`, revision: 1, action: 'created', fields }]);
      return id;
    });
  }
}
