import type { Transaction } from '@viernes/database';
import type { FindOperator } from 'typeorm';
import type { ViewerReads } from '../audience/viewer-reads.js';
import type { Credit } from './credit.js';
import { PersonRepository } from './person.repository.js';

type StoredPerson = Record<'id' | 'name' | 'slug', string>;

/** Resolves names with a table of people in memory. */
async function resolve(table: StoredPerson[], names: readonly string[]): Promise<Credit[]> {
  const tx = {
    query: async (text: string, values: readonly unknown[]) => {
      if (text.startsWith('INSERT')) return table.push(...(JSON.parse(values[0] as string) as StoredPerson[]));
      const [ids, slugs] = values as [string[], string[]];
      return table.filter(({ id, slug }) => ids.includes(id) || slugs.includes(slug));
    },
    find: async (_entity: unknown, { where }: { where: { name: FindOperator<string[]> } }) =>
      table.filter(({ name }) => where.name.value.includes(name)),
  } as unknown as Transaction;
  const credits = names.map((name) => ({ name, role: 'actor' as const }));
  return credits.map(await new PersonRepository({} as ViewerReads).resolve(tx, credits));
}

describe('PersonRepository', () => {
  it('creates one person for two spellings of a name with the same slug', async () => {
    const table: StoredPerson[] = [];
    await resolve(table, ['Bo Li', 'Bo-Li']);
    expect(table).toMatchObject([{ slug: 'bo-li' }]);
  });

  it('distinguishes people whose names contain no letters and digits', async () => {
    const table: StoredPerson[] = [];
    const credits = await resolve(table, ['!!!', '???', '!!!']);
    expect(credits.map(({ name }) => name)).toEqual(['!!!', '???', '!!!']);
    expect(table.map(({ slug }) => slug)).toEqual(table.map(({ id }) => id));
    expect(await resolve(table, ['???'])).toEqual([credits[1]]);
    expect(table).toHaveLength(2);
  });
});
