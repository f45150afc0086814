import { randomUUID } from 'node:crypto';
import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { Editor } from '../support/editor.js';
import { requireBody, expectProblem, get } from '../support/http.js';
import { uniqueWord } from '../support/unique.js';

describe('the catalog without an account', () => {
  const word = uniqueWord();
  const names = Array.from({ length: 11 }, (_, index) => `${word} chapter ${index + 1}`);
  let created: Schema<'Title'>[];

  beforeAll(async () => {
    const editor = await Editor.signIn();
    created = await Promise.all(names.map((name) => editor.createTitle(name, { releaseYear: 1999, genres: [word] })));
  });

  async function listTitles(parameters: Record<string, string>): Promise<Schema<'TitlePage'>> {
    const query = new URLSearchParams(parameters).toString();
    return requireBody(await get<Schema<'TitlePage'>>(`/v1/titles?${query}`), 200);
  }

  it.each([
    ['a search', { query: word }],
    ['a genre', { genre: word }],
  ])('pages through %s without a missing or repeated title', async (_, filter) => {
    const found: string[] = [];
    const sizes: number[] = [];
    let cursor: string | null = null;
    do {
      const { titles, nextCursor }: Schema<'TitlePage'> = await listTitles({
        ...filter,
        pageSize: '4',
        ...(cursor !== null && { cursor }),
      });
      found.push(...titles.map(({ name }) => name));
      sizes.push(titles.length);
      cursor = nextCursor;
    } while (cursor !== null);
    expect(sizes).toEqual([4, 4, 3]);
    expect(found.toSorted()).toEqual(names.toSorted());
  });

  it('finds a title by a mistyped name', async () => {
    const mistyped = `${word.slice(0, 4)}${word[5]}${word[4]}${word.slice(6)}`;
    const { titles } = await listTitles({ query: mistyped });
    expect(titles.map(({ name }) => name)).toEqual(expect.arrayContaining([expect.stringContaining(word)]));
  });

  it('returns a title with the same fields as when it was created', async () => {
    const [title] = created;
    const response = await get<Schema<'Title'>>(`/v1/titles/${title?.id}`);
    expect(requireBody(response, 200)).toMatchObject({
      kind: 'film',
      releaseYear: 1999,
      genres: [word],
      isPlayable: false,
    });
    expect(response.body).toEqual(title);
  });

  it('omits titles that do not match the playable or kind filter', async () => {
    expect((await listTitles({ query: word, playable: 'true' })).titles).toEqual([]);
    expect((await listTitles({ query: word, kind: 'series' })).titles).toEqual([]);
  });

  it('returns home rows without empty rows and without personal rows', async () => {
    const home = requireBody(await get<Schema<'Home'>>('/v1/home'), 200);
    expect(home.unavailableSources).toEqual([]);
    expect(home.rows.map(({ id, titles }) => ({ id, isEmpty: titles.length === 0 }))).not.toContainEqual(
      expect.objectContaining({ isEmpty: true }),
    );
    expect(home.rows.map(({ id }) => id)).not.toContain('continue-watching');
  });

  it('serves its own OpenAPI document', async () => {
    const { openapi, paths } = requireBody(
      await get<{ openapi: string; paths: Record<string, unknown> }>('/v1/openapi.json'),
      200,
    );
    expect(openapi).toMatch(/^3\.1\./);
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/v1/titles', '/v1/uploads/{id}/parts', '/v1/playback']),
    );
  });

  it.each([
    ['an unknown title', `/v1/titles/${randomUUID()}`, 404, 'TITLE_NOT_FOUND'],
    ['a malformed title ID', '/v1/titles/x--y', 400, 'REQUEST_INVALID'],
    ['a page size above the limit', '/v1/titles?pageSize=101', 400, 'REQUEST_INVALID'],
    ['an invented cursor', '/v1/titles?cursor=abc', 400, 'CURSOR_INVALID'],
    ['an unknown path', '/v1/nowhere', 404, 'ROUTE_NOT_FOUND'],
    ['profiles without an account', '/v1/profiles', 401, 'UNAUTHENTICATED'],
  ] as const)('returns a problem with a code for %s', async (_, path, status, code) => {
    expectProblem(await get(path), status, code);
  });

  it('the page of a title has metadata for previews on other sites', async () => {
    const [title] = created as [Schema<'Title'>];
    const { status, text } = await get<string>(`/titles/${title.slug}`, { headers: { accept: '*/*' } });
    expect(status).toBe(200);
    expect(text).toContain(`<meta property="og:title" content="${title.name} (1999)" />`);
    expect(text).toContain(
      `<meta property="og:url" content="${new URL(`/titles/${title.slug}`, config.edgeUrl).href}" />`,
    );
  });
});
