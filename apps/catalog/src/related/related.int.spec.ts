import { randomUUID } from 'node:crypto';
import { catalogV1 } from '@viernes/contracts';
import { newCaller, runAs } from '@viernes/platform/testing';
import { startCatalog, type TestCatalog } from '../testing/test-catalog.js';

const HEIST = 'A retired thief plans one last robbery of a casino in Las Vegas.';
const PAST = { startsAt: '2020-01-01T00:00:00Z', endsAt: '2020-02-01T00:00:00Z' };

describe('related titles', () => {
  let catalog: TestCatalog;
  const actors = (...names: string[]): catalogV1.CreditInput[] =>
    names.map((name) => ({
      personId: undefined,
      name,
      role: catalogV1.CreditRole.CREDIT_ROLE_ACTOR,
      character: undefined,
    }));
  const listRelated = async (titleId: string, limit = 0): Promise<string[]> =>
    (await catalog.client.listRelatedTitles({ titleId, limit })).titles.map(({ name }) => name);

  beforeAll(async () => {
    catalog = await startCatalog();
  });
  afterAll(() => catalog?.stop());
  beforeEach(() => catalog.clear());

  it('ranks related titles by shared people and the fraction of shared genres, and omits all others', async () => {
    const genres = ['Crime', 'Comedy'];
    const { id, slug } = await catalog.createTitle({ name: 'Eleven', genres, credits: actors('Ada', 'Grace') });
    await catalog.createTitle({ name: 'Half', genres: ['Comedy', 'War'] });
    await catalog.createTitle({ name: 'Same', genres });
    await catalog.createTitle({ name: 'Ensemble', genres, credits: actors('Grace', 'Ada') });
    await catalog.createTitle({ name: 'Opposite', genres: ['War'], credits: actors('Edsger') });
    expect(await listRelated(id)).toEqual(['Ensemble', 'Same', 'Half']);
    expect(await listRelated(slug, 1)).toEqual(['Ensemble']);
  });

  it('orders related titles with the same genres by their synopses', async () => {
    const { id } = await catalog.createTitle({ name: 'Eleven', genres: ['Crime'], synopsis: HEIST });
    await catalog.createTitle({
      name: 'Hotel',
      genres: ['Crime'],
      synopsis: 'A detective inherits a hotel.',
      score: 9,
    });
    await catalog.createTitle({ name: 'Vault', genres: ['Crime'], synopsis: HEIST.replace('Las Vegas', 'Macau') });
    expect(await listRelated(id)).toEqual(['Vault', 'Hotel']);
  });

  it('orders related titles of equal similarity by prominence', async () => {
    const { id } = await catalog.createTitle({ name: 'Eleven', genres: ['Crime'] });
    for (const score of [2, 9, 5]) await catalog.createTitle({ name: 'Vault', genres: ['Crime'], score });
    const { titles } = await catalog.client.listRelatedTitles({ titleId: id, limit: 0 });
    expect(titles.map(({ score }) => score)).toEqual([9, 5, 2]);
  });

  it('omits deleted and unavailable titles from related titles', async () => {
    const { id } = await catalog.createTitle({ name: 'Eleven', genres: ['Crime'], credits: actors('Ada') });
    await catalog.createTitle({ name: 'Past', genres: ['Crime'], credits: actors('Ada'), availability: [PAST] });
    const deleted = await catalog.createTitle({ name: 'Deleted', genres: ['Crime'], credits: actors('Ada') });
    await runAs(newCaller('editor'), () =>
      catalog.client.deleteTitle({ titleId: deleted.id, revision: deleted.revision }),
    );
    await catalog.createTitle({ name: 'Other', genres: ['Crime'] });
    expect(await listRelated(id, 1)).toEqual(['Other']);
  });

  it('finds related titles of a rare genre among many prominent titles of other genres', async () => {
    const { id } = await catalog.createTitle({ name: 'Opera one', genres: ['Opera'] });
    await catalog.createTitle({ name: 'Opera two', genres: ['Opera'] });
    await catalog.database.query(
      `INSERT INTO title_search SELECT gen_random_uuid(), 'drama', '', '', '', 'film', '{Drama}', NULL, 2000000000, 0
       FROM generate_series(1, 600)`,
    );
    expect(await listRelated(id)).toEqual(['Opera two']);
  });

  it('returns TITLE_NOT_FOUND for an unknown title', async () => {
    await expect(listRelated(randomUUID())).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
  });
});
