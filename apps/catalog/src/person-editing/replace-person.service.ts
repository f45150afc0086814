import { Injectable } from '@nestjs/common';
import { CodedError, PersonChangedV1, TitleChangedV1, toSlug } from '@viernes/contracts';
import { lockInTransaction, Transactions, type Transaction } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { Not } from 'typeorm';
import { listFieldChanges } from '../change/change.js';
import { ChangeRepository } from '../change/change.repository.js';
import { PersonEntity } from '../person/person.entity.js';
import { TitleSearchRepository } from '../search/title-search.repository.js';
import type { ReplacePersonRequest } from './person-editing.requests.js';

const EVENTS_PER_CALL = 500;

@Injectable()
export class ReplacePerson {
  constructor(
    private readonly changes: ChangeRepository,
    private readonly search: TitleSearchRepository,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Changes the name and the slug of a person, and everything that contains the name. A slug that was derived from the
   * old name is derived again, so that credits without an ID refer to the person by the new name.
   *
   * @throws CodedError PERSON_NOT_FOUND, PERSON_CHANGED, PERSON_EXISTS if another person has the slug
   */
  async run({ personId: id, revision, person }: ReplacePersonRequest): Promise<void> {
    await this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'titleEditing');
      const before = await tx.findOneBy(PersonEntity, { id });
      if (!before) throw new CodedError('PERSON_NOT_FOUND', { personId: id });
      if (before.revision !== revision) throw new CodedError('PERSON_CHANGED', { id, revision: before.revision });
      const { name, slug = toSlugAfterRename(before, person.name) } = person;
      const fields = listFieldChanges({ name: before.name, slug: before.slug }, { name, slug });
      if (fields.length === 0) return;
      if (await tx.existsBy(PersonEntity, { slug, id: Not(id) })) throw new CodedError('PERSON_EXISTS', { slug });
      await tx.update(PersonEntity, { id }, { name, slug, revision: revision + 1 });
      await this.changes.add(tx, [{ resource: `people/${id}`, revision: revision + 1, action: 'replaced', fields }]);
      await this.outbox.add(tx, PersonChangedV1, { personId: id });
      const titleIds = await this.updateTitles(tx, id);
      await this.search.put(tx, titleIds);
      for (let start = 0; start < titleIds.length; start += EVENTS_PER_CALL) {
        const events = titleIds.slice(start, start + EVENTS_PER_CALL).map((titleId) => ({ titleId }));
        await this.outbox.add(tx, TitleChangedV1, ...events);
      }
    });
  }

  /** Updates the names of the directors. @returns the IDs of all titles that credit the person */
  private async updateTitles(tx: Transaction, personId: string): Promise<string[]> {
    // Raw SQL: the query builder has no UPDATE with a subquery that aggregates.
    const [titles] = await tx.query<[{ id: string }[], number]>(
      `UPDATE title t SET updated_at = now(), directors = (
         SELECT coalesce(array_agg(n.name ORDER BY c.position), '{}') FROM credit c JOIN person n ON n.id = c.person_id
         WHERE c.title_id = t.id AND c.role = 'director')
       WHERE t.id IN (SELECT title_id FROM credit WHERE person_id = $1) RETURNING t.id`,
      [personId],
    );
    return titles.map(({ id }) => id);
  }
}

function toSlugAfterRename({ name, slug }: PersonEntity, newName: string): string {
  return slug === toSlug(name) ? toSlug(newName) || slug : slug;
}
