import { catalogV1 } from '@viernes/contracts';
import { newCaller, runAs } from '@viernes/platform/testing';
import { startCatalog, type TestCatalog } from '../testing/test-catalog.js';

describe('exportTitles', () => {
  let catalog: TestCatalog;
  const exportTitles = (request: Partial<catalogV1.ExportTitlesRequest>, role: 'editor' | 'viewer' = 'editor') =>
    runAs(newCaller(role), () => catalog.client.exportTitles({ pageSize: 0, cursor: '', source: '', ...request }));
  const exportNames = async (request: Partial<catalogV1.ExportTitlesRequest>) =>
    (await exportTitles(request)).titles.map(({ name }) => name);

  beforeAll(async () => {
    catalog = await startCatalog();
  });
  afterAll(() => catalog?.stop());
  beforeEach(() => catalog.clear());

  it('returns all fields of titles, the oldest first', async () => {
    const director = { name: 'Fritz Lang', role: catalogV1.CreditRole.CREDIT_ROLE_DIRECTOR };
    const first = await catalog.createTitle({ name: 'Metropolis', externalId: 'a/1', credits: [director] });
    await catalog.createTitle({ name: 'Faust' });
    const { titles, nextCursor } = await exportTitles({});
    expect(titles[0]).toEqual(first);
    expect(titles.map(({ name }) => name)).toEqual(['Metropolis', 'Faust']);
    expect(nextCursor).toBe('');
  });

  it('pages through titles created at the same time without omitting or repeating one', async () => {
    for (const name of ['A', 'B', 'C', 'D', 'E']) await catalog.createTitle({ name });
    await catalog.database.query("UPDATE title SET created_at = '2026-01-01'");
    const names: string[] = [];
    let cursor = '';
    do {
      const page = await exportTitles({ pageSize: 2, cursor });
      names.push(...page.titles.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== '');
    expect(names.toSorted()).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  it('returns only titles of the requested source', async () => {
    for (const externalId of ['a/1', 'ab/1', 'b/1', undefined]) {
      await catalog.createTitle({ name: externalId ?? 'none', externalId });
    }
    expect(await exportNames({ source: 'a' })).toEqual(['a/1']);
    expect(await exportNames({ source: '%' })).toEqual([]);
  });

  it('returns titles that are not available yet, and omits deleted ones', async () => {
    await catalog.createTitle({
      name: 'Later',
      availability: [{ startsAt: '2099-01-01T00:00:00.000Z', endsAt: undefined }],
    });
    const { id } = await catalog.createTitle({ name: 'Deleted' });
    await catalog.database.query('UPDATE title SET deleted_at = now() WHERE id = $1', [id]);
    expect(await exportNames({})).toEqual(['Later']);
  });

  it('rejects viewers and invalid cursors', async () => {
    await expect(exportTitles({}, 'viewer')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(exportTitles({ cursor: 'abc' })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});
