import type { Transaction } from '@viernes/database';
import type { SaveTitles, TitleSave } from '../editing/save-titles.service.js';
import { CreditEntity } from '../person/credit.entity.js';
import type { Credit } from '../person/credit.js';
import type { TitleDetails } from '../title/title.js';
import type { TitleRepository } from '../title/title.repository.js';
import { DeletedPersonEntity, type RemovedCredit } from './deleted-person.entity.js';
import { PersonCredits } from './person-credits.js';

const TITLE_ID = 'title';

function newCredit(personId: string, character?: string): Credit {
  return { personId, name: 'Bo Li', role: 'actor', character };
}

/** Deletes and restores people with the same name in one title, which is in memory. */
class TitleInMemory {
  private readonly deleted = new Map<string, readonly RemovedCredit[]>();
  private readonly tx = {
    find: async (entity: unknown) => (entity === CreditEntity ? [{ titleId: TITLE_ID }] : []),
    findBy: async (entity: unknown) =>
      entity === DeletedPersonEntity ? Array.from(this.deleted, ([id, credits]) => ({ id, credits })) : [],
  } as unknown as Transaction;
  private readonly people = new PersonCredits(
    {
      listWithDeleted: async () => [{ id: TITLE_ID, credits: this.credits } as unknown as TitleDetails],
    } as unknown as TitleRepository,
    {
      run: async (_tx: Transaction, [save]: readonly TitleSave[]) => {
        this.credits = save?.input.credits as readonly Credit[];
      },
    } as unknown as SaveTitles,
  );

  constructor(public credits: readonly Credit[]) {}

  async delete(id: string): Promise<void> {
    const removed = await this.people.remove(this.tx, { id, name: 'Bo Li' });
    // The database stores them as JSON.
    this.deleted.set(id, JSON.parse(JSON.stringify(removed)) as RemovedCredit[]);
  }

  async restore(id: string): Promise<void> {
    const removed = this.deleted.get(id) ?? [];
    this.deleted.delete(id);
    await this.people.restore(this.tx, { id, name: 'Bo Li' }, removed);
  }
}

describe('PersonCredits', () => {
  it('restores a credit if another person had an equal one before the deletion', async () => {
    const credits = [newCredit('first'), newCredit('second'), newCredit('first', 'Maria')];
    const title = new TitleInMemory(credits);
    await title.delete('first');
    expect(title.credits).toEqual([newCredit('second')]);
    await title.restore('first');
    expect(title.credits).toEqual(credits);
  });

  it.each([
    ['the same order', ['first', 'second']],
    ['the reverse order', ['second', 'first']],
  ])('restores the equal credits of two deleted people in %s', async (_, restored) => {
    const credits = [newCredit('first'), newCredit('second')];
    const title = new TitleInMemory(credits);
    for (const id of ['first', 'second']) await title.delete(id);
    expect(title.credits).toEqual([]);
    for (const id of restored) await title.restore(id);
    expect(title.credits).toHaveLength(2);
    expect(title.credits).toEqual(expect.arrayContaining(credits));
  });

  it('omits a credit if an equal one of another person was added after the deletion', async () => {
    const title = new TitleInMemory([newCredit('first'), newCredit('first', 'Maria')]);
    await title.delete('first');
    title.credits = [newCredit('another')];
    await title.restore('first');
    expect(title.credits).toEqual([newCredit('another'), newCredit('first', 'Maria')]);
  });
});
