import { randomUUID } from 'node:crypto';
import type { Home, Title, TitlePage } from '../support/api-types.js';
import { Editor } from '../support/editor.js';
import { bodyOf, expectProblem, get } from '../support/http.js';
import { uniqueWord } from '../support/unique.js';

describe('browsing the catalogue without an account', () => {
  const word = uniqueWord();
  const names = Array.from({ length: 11 }, (_, index) => `${word} part ${index + 1}`);
  let made: Title[];

  beforeAll(async () => {
    const editor = await Editor.signIn();
    made = await Promise.all(names.map((name) => editor.makeTitle(name, { releaseYear: 1999, genres: [word] })));
  });

  async function page(parameters: Record<string, string>): Promise<TitlePage> {
    return bodyOf(await get<TitlePage>(`/v1/titles?${new URLSearchParams(parameters).toString()}`), 200);
  }

  it.each([
    ['a search', { query: word }],
    ['a genre', { genre: word }],
  ])('pages through %s without losing or repeating a title', async (_, filter) => {
    const seen: string[] = [];
    const sizes: number[] = [];
    let cursor: string | null = null;
    do {
      const { titles, nextCursor }: TitlePage = await page({
        ...filter,
        pageSize: '4',
        ...(cursor !== null && { cursor }),
      });
      seen.push(...titles.map(({ name }) => name));
      sizes.push(titles.length);
      cursor = nextCursor;
    } while (cursor !== null);
    expect(sizes).toEqual([4, 4, 3]);
    expect(seen.toSorted()).toEqual(names.toSorted());
  });

  it('finds a title whose name was typed wrongly', async () => {
    const mistyped = `${word.slice(0, 4)}${word[5]}${word[4]}${word.slice(6)}`;
    const { titles } = await page({ query: mistyped });
    expect(titles.map(({ name }) => name)).toEqual(expect.arrayContaining([expect.stringContaining(word)]));
  });

  it('answers one title as it was made', async () => {
    const [title] = made;
    const answer = await get<Title>(`/v1/titles/${title?.id}`);
    expect(bodyOf(answer, 200)).toMatchObject({ kind: 'film', releaseYear: 1999, genres: [word], isPlayable: false });
    expect(answer.body).toEqual(title);
  });

  it('leaves out what cannot be played when asked to', async () => {
    expect((await page({ query: word, playable: 'true' })).titles).toEqual([]);
    expect((await page({ query: word, kind: 'series' })).titles).toEqual([]);
  });

  it('shows a home screen whose rows have titles', async () => {
    const home = bodyOf(await get<Home>('/v1/home'), 200);
    expect(home.unavailableSources).toEqual([]);
    expect(home.rows.map(({ id, titles }) => ({ id, isEmpty: titles.length === 0 }))).not.toContainEqual(
      expect.objectContaining({ isEmpty: true }),
    );
    expect(home.rows.map(({ id }) => id)).not.toContain('continue-watching');
  });

  it('describes itself', async () => {
    const { openapi, paths } = bodyOf(
      await get<{ openapi: string; paths: Record<string, unknown> }>('/v1/openapi.json'),
      200,
    );
    expect(openapi).toMatch(/^3\.1\./);
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/v1/titles', '/v1/uploads/{id}/parts', '/v1/playback']),
    );
  });

  it.each([
    ['a title that is not there', `/v1/titles/${randomUUID()}`, 404, 'TITLE_NOT_FOUND'],
    ['an id that is none', '/v1/titles/x', 400, 'REQUEST_INVALID'],
    ['a page too large', '/v1/titles?pageSize=101', 400, 'REQUEST_INVALID'],
    ['a cursor of somebody else', '/v1/titles?cursor=abc', 400, 'CURSOR_INVALID'],
    ['an address that is not there', '/v1/nowhere', 404, 'ROUTE_NOT_FOUND'],
    ['what needs an account', '/v1/profiles', 401, 'UNAUTHENTICATED'],
  ])('answers %s with a coded problem', async (_, path, status, code) => {
    expectProblem(await get(path), status, code);
  });
});
