import type { Schema } from '@viernes/api-client';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { expectProblem, get, requireBody, send } from '../support/http.js';
import { uniqueWord } from '../support/unique.js';

describe('a client of a deprecated version', () => {
  const word = uniqueWord();
  const v1Path = `/v1/title-suggestions?query=${word}`;
  const v2Path = `/v2/title-suggestions?query=${word}`;
  const v2MediaTypes = ['application/vnd.viernes.v2+json', 'application/vnd.viernes.v2+xml'];
  let title: Schema<'Title'>;

  beforeAll(async () => {
    title = await (await Editor.signIn()).createTitle(`${word} Returns`);
    await eventually(
      async () => requireBody(await get<Schema<'SuggestionList'>>(v2Path), 200),
      ({ suggestions }) => suggestions.length > 0,
    );
  });

  it('receives the fields of that version, and headers with its deprecation, its sunset and its successor', async () => {
    const response = await get<Schema<'TitleSuggestions'>>(v1Path);
    expect(requireBody(response, 200).suggestions).toEqual([{ name: title.name, titleId: title.id, personId: null }]);
    const [deprecation, sunset] = ['deprecation', 'sunset'].map((name) => response.headers.get(name) ?? '');
    expect(deprecation).toMatch(/^@\d+$/);
    expect(Date.parse(sunset ?? '')).toBeGreaterThan(Number(deprecation?.slice(1)) * 1_000);
    const [, successor] = /^<([^>]+)>; rel="successor-version"$/.exec(response.headers.get('link') ?? '') ?? [];
    expect(v2Path.startsWith(`${successor}?`)).toBe(true);
  });

  it('receives the next version at its path, and at the old path by media type', async () => {
    const body = { suggestions: [{ kind: 'title', id: title.id, name: title.name, releaseYear: null }] };
    expect(requireBody(await get(v2Path), 200)).toEqual(body);
    const selected = await get(v1Path, { headers: { accept: v2MediaTypes[0] ?? '' } });
    expect(selected.headers.get('content-type')).toContain(v2MediaTypes[0]);
    expect(requireBody(selected, 200)).toEqual(body);
    expect((await get(v2Path)).headers.has('deprecation')).toBe(false);
  });

  it('receives the same content as XML', async () => {
    const toText = async (path: string, accept: string) => (await send('GET', path, { headers: { accept } })).text;
    expect(await toText(v1Path, 'application/xml')).toContain(`<titleId>${title.id}</titleId>`);
    for (const text of [await toText(v2Path, 'application/xml'), await toText(v1Path, v2MediaTypes[1] ?? '')]) {
      expect(text).toContain(`<i><kind>title</kind><id>${title.id}</id><name>${title.name}</name>`);
    }
  });

  it('receives 406 if it accepts only versions that do not exist', async () => {
    const accept = 'application/vnd.viernes.v9+json';
    expectProblem(await get(v1Path, { headers: { accept } }), 406, 'NOT_ACCEPTABLE');
  });
});
