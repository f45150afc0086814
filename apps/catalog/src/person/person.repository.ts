import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError, toSlug } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { In } from 'typeorm';
import type { Credit, NewCredit } from './credit.js';
import { PersonEntity } from './person.entity.js';

@Injectable()
export class PersonRepository {
  /**
   * Returns a function that completes credits with their people. Creates people who do not exist. The transaction must hold the
   * lock of the edits, so that no other one creates the same people.
   */
  async resolve(tx: Transaction, credits: readonly NewCredit[]): Promise<(credit: NewCredit) => Credit> {
    const ids = credits.flatMap(({ personId }) => personId ?? []);
    const names = new Map(
      credits.filter(({ personId }) => personId === undefined).map(({ name }) => [toSlug(name), name]),
    );
    const people = await tx.findBy(PersonEntity, [{ id: In([...new Set(ids)]) }, { slug: In([...names.keys()]) }]);
    const known = new Set(people.map(({ slug }) => slug));
    const missing = [...names].filter(([slug]) => !known.has(slug));
    const created = missing.map(([slug, name]) => ({ id: randomUUID(), name, slug }));
    if (created.length > 0) await tx.insert(PersonEntity, created);

    const all = [...people, ...created];
    const byId = new Map(all.map((person) => [person.id, person]));
    const bySlug = new Map(all.map((person) => [person.slug, person]));
    return ({ personId, name, role, character }) => {
      const person = personId === undefined ? bySlug.get(toSlug(name)) : byId.get(personId);
      if (!person) throw new CodedError('PERSON_NOT_FOUND', { personId: personId ?? '' });
      return { personId: person.id, name: person.name, role, character };
    };
  }
}
