import { catalogV1 } from '@viernes/contracts';
import { newCaller, runAs } from '@viernes/platform/testing';
import { startCatalog, type TestCatalog } from '../testing/test-catalog.js';

const { DELETED_KIND_FILM, DELETED_KIND_PERSON, DELETED_KIND_SERIES } = catalogV1.DeletedKind;

describe('listDeletions', () => {
  const editor = newCaller('editor');
  let catalog: TestCatalog;
  const asEditor = <Result>(work: () => Promise<Result>) => runAs(editor, work);
  const list = (pageSize = 0, cursor = '') => asEditor(() => catalog.client.listDeletions({ pageSize, cursor }));
  const listNames = async () => (await list()).deletions.map(({ name }) => name);
  const listPages = async (pageSize: number): Promise<string[][]> => {
    const pages: string[][] = [];
    let cursor = '';
    do {
      const page = await list(pageSize, cursor);
      pages.push(page.deletions.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== '');
    return pages;
  };
  const deleteTitle = async (changes: Partial<catalogV1.TitleInput>): Promise<string> => {
    const { id } = await catalog.createTitle(changes);
    await asEditor(() => catalog.client.deleteTitle({ titleId: id, revision: 1 }));
    return id;
  };
  const deletePerson = async (name: string): Promise<string> => {
    const { person } = await asEditor(() => catalog.client.createPerson({ person: { name, slug: undefined } }));
    const personId = person?.id ?? '';
    await asEditor(() => catalog.client.deletePerson({ personId, revision: 1 }));
    return personId;
  };

  beforeAll(async () => {
    catalog = await startCatalog();
  });
  afterAll(() => catalog?.stop());
  beforeEach(() => catalog.clear());

  it('lists deleted titles and people, the latest first, until they are restored', async () => {
    await catalog.createTitle({ name: 'Visible' });
    const film = await deleteTitle({ name: 'Metropolis', releaseYear: 1927 });
    const person = await deletePerson('Fritz Lang');
    const series = await deleteTitle({ name: 'Babylon Berlin', kind: catalogV1.TitleKind.TITLE_KIND_SERIES });
    const deletedAt = expect.any(String);
    expect(await list()).toEqual({
      deletions: [
        { kind: DELETED_KIND_SERIES, id: series, name: 'Babylon Berlin', deletedAt },
        { kind: DELETED_KIND_PERSON, id: person, name: 'Fritz Lang', deletedAt },
        { kind: DELETED_KIND_FILM, id: film, name: 'Metropolis', releaseYear: 1927, deletedAt },
      ],
      nextCursor: '',
    });
    await asEditor(() => catalog.client.restorePerson({ personId: person }));
    await asEditor(() => catalog.client.restoreTitle({ titleId: series }));
    expect(await listNames()).toEqual(['Metropolis']);
  });

  it('pages through simultaneous deletions without omitting or repeating one', async () => {
    for (const name of ['A', 'B', 'C']) await deleteTitle({ name });
    for (const name of ['D', 'E']) await deletePerson(name);
    for (const table of ['title', 'deleted_person']) {
      await catalog.database.query(`UPDATE ${table} SET deleted_at = '2026-01-01'`);
    }
    const pages = await listPages(2);
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(pages.flat().toSorted()).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  it('continues after a deletion that was restored', async () => {
    for (const name of ['A', 'B']) await deleteTitle({ name });
    const last = await deleteTitle({ name: 'C' });
    const { nextCursor } = await list(1);
    await asEditor(() => catalog.client.restoreTitle({ titleId: last }));
    expect((await list(0, nextCursor)).deletions.map(({ name }) => name)).toEqual(['B', 'A']);
  });

  it.each(['page-2', Buffer.from('before:3').toString('base64url')])('rejects the cursor %s', async (cursor) => {
    await expect(list(0, cursor)).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });
});
