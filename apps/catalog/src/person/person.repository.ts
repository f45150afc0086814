import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError, toSlug } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { Any } from 'typeorm';
import type { Credit, NewCredit } from './credit.js';
import { PersonEntity } from './person.entity.js';

@Injectable()
export class PersonRepository {
  /** Returns those of the IDs that belong to no person. */
  async findUnknown(tx: Transaction, ids: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    if (ids.size === 0) return ids;
    const people = await tx.find(PersonEntity, { select: { id: true }, where: { id: Any([...ids]) } });
    const known = new Set(people.map(({ id }) => id));
    return new Set([...ids].filter((id) => !known.has(id)));
  }

  /**
   * Returns a function that completes credits with their people. Creates people who do not exist. The transaction must hold the
   * lock of the edits, so that no other one creates the same people.
   */
  async resolve(tx: Transaction, credits: readonly NewCredit[]): Promise<(credit: NewCredit) => Credit> {
    const ids = credits.flatMap(({ personId }) => personId ?? []);
    const names = new Map(
      credits.filter(({ personId }) => personId === undefined).map(({ name }) => [toSlug(name), name]),
    );
    const people = await tx.findBy(PersonEntity, [{ id: Any([...new Set(ids)]) }, { slug: Any([...names.keys()]) }]);
    const known = new Set(people.map(({ slug }) => slug));
    const missing = [...names].filter(([slug]) => !known.has(slug));
    const created = missing.map(([slug, name]) => ({ id: randomUUID(), name, slug }));
    // Raw SQL: an import has more people than a statement can have parameters.
    await tx.query(`INSERT INTO person SELECT * FROM jsonb_to_recordset($1) AS p(id uuid, name text, slug text)`, [
      JSON.stringify(created),
    ]);

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
