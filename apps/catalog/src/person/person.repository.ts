import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError, SLUG, toSlug } from '@viernes/contracts';
import { type ReadStatement, type Transaction } from '@viernes/database';
import { uuid } from '@viernes/platform';
import { Any } from 'typeorm';
import { ViewerReads } from '../audience/viewer-reads.js';
import type { Credit, NewCredit } from './credit.js';
import type { Person } from './person.js';
import { PersonEntity } from './person.entity.js';

// Raw SQL: the query builder has no lateral joins.
const SELECT_PERSON = `SELECT n.id, n.name, n.slug, n.revision, credited.roles, credited."titleCount"
  FROM person n CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(role ORDER BY titles DESC, role), '{}') AS roles,
      (SELECT count(DISTINCT t.id) FROM credit c JOIN visible_title t ON t.id = c.title_id
       WHERE c.person_id = n.id)::integer AS "titleCount"
    FROM (SELECT c.role AS role, count(DISTINCT t.id) AS titles FROM credit c JOIN visible_title t ON t.id = c.title_id
      WHERE c.person_id = n.id GROUP BY c.role) by_role) credited`;

const GET_PERSON: ReadStatement = { name: 'person-get', text: `${SELECT_PERSON} WHERE n.id = $1` };

const GET_PERSON_BY_SLUG: ReadStatement = { name: 'person-get-by-slug', text: `${SELECT_PERSON} WHERE n.slug = $1` };

@Injectable()
export class PersonRepository {
  constructor(private readonly reads: ViewerReads) {}

  /**
   * @param text the ID or the slug
   * @throws CodedError PERSON_NOT_FOUND
   */
  async get(text: string): Promise<Person> {
    const id = uuid.safeParse(text).data;
    const statement = id === undefined ? GET_PERSON_BY_SLUG : GET_PERSON;
    const [person] = SLUG.test(text) ? await this.reads.run<Person>(statement, [id ?? text]) : [];
    if (!person) throw new CodedError('PERSON_NOT_FOUND', { personId: text });
    return person;
  }

  /** Returns those of the IDs that belong to no person. */
  async findUnknown(tx: Transaction, ids: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    if (ids.size === 0) return ids;
    const people = await tx.find(PersonEntity, { select: { id: true }, where: { id: Any([...ids]) } });
    const known = new Set(people.map(({ id }) => id));
    return new Set([...ids].filter((id) => !known.has(id)));
  }

  /**
   * Returns a function that completes credits with their people. Creates people who do not exist. The transaction must
   * hold the lock `titleEditing`, so that no other one creates the same people.
   */
  async resolve(tx: Transaction, credits: readonly NewCredit[]): Promise<(credit: NewCredit) => Credit> {
    const ids = credits.flatMap(({ personId }) => personId ?? []);
    const names = new Map(
      credits.filter(({ personId }) => personId === undefined).map(({ name }) => [toKey(name), name]),
    );
    const namesWithoutSlug = [...names.values()].filter((name) => toSlug(name) === '');
    // Raw SQL: an import reads thousands of people, and creating their entities takes longer than the query.
    const people = await tx.query<Pick<Person, 'id' | 'name' | 'slug'>[]>(
      `SELECT id, name, slug FROM person WHERE id = ANY ($1::uuid[]) OR slug = ANY ($2::text[])`,
      [[...new Set(ids)], [...names.keys()]],
    );
    // Rare, and a separate statement, because no index supports equal names.
    if (namesWithoutSlug.length > 0) {
      const select = { id: true, name: true, slug: true };
      people.push(...(await tx.find(PersonEntity, { select, where: { name: Any(namesWithoutSlug) } })));
    }
    const known = new Set(people.flatMap(toKeys));
    const created = [...names]
      .filter(([key]) => !known.has(key))
      .map(([, name]) => ({ id: randomUUID(), name }))
      .map(({ id, name }) => ({ id, name, slug: toSlug(name) || id }));
    // Raw SQL: an import has more people than a statement can have parameters.
    await tx.query(
      `INSERT INTO person (id, name, slug) SELECT * FROM jsonb_to_recordset($1) AS p(id uuid, name text, slug text)`,
      [JSON.stringify(created)],
    );

    const all = [...people, ...created];
    const byId = new Map(all.map((person) => [person.id, person]));
    const byKey = new Map(all.flatMap((person) => toKeys(person).map((key) => [key, person])));
    return ({ personId, name, role, character }) => {
      const person = personId === undefined ? byKey.get(toKey(name)) : byId.get(personId);
      if (!person) throw new CodedError('PERSON_NOT_FOUND', { personId: personId ?? '' });
      return { personId: person.id, name: person.name, role, character };
    };
  }
}

/** Returns the text that identifies a person by name: the slug, or the name if it contains no letters and digits. */
function toKey(name: string): string {
  return toSlug(name) || name;
}

function toKeys({ name, slug }: Pick<Person, 'name' | 'slug'>): string[] {
  return toSlug(name) === '' ? [slug, name] : [slug];
}
