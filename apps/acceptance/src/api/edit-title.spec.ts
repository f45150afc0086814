import type { Schema } from '@viernes/api-client';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { expectProblem, get, post, requireBody, send, type HttpResponse } from '../support/http.js';
import { uniqueWord } from '../support/unique.js';

type Details = Schema<'TitleDetails'>;

describe('an editor', () => {
  const word = uniqueWord();
  let token: string;
  let path: string;

  beforeAll(async () => {
    ({ token } = await Editor.signIn());
    const body = { kind: 'film', name: `${word} first`, credits: [{ name: `${word} lang`, role: 'director' }] };
    const { id } = requireBody(await post<Details>('/v1/titles', body, { token }), 201);
    path = `/v1/titles/${id}`;
  });

  const tagOf = ({ headers }: HttpResponse): string => headers.get('etag') ?? '';
  const patch = (body: unknown, ifMatch: string) =>
    send<Details>('PATCH', path, {
      token,
      body,
      headers: { 'if-match': ifMatch, 'content-type': 'application/merge-patch+json' },
    });
  const searchNames = async (): Promise<string[]> => {
    const found = await get<Schema<'TitlePage'>>(`/v1/titles?query=${word}`);
    return requireBody(found, 200).titles.map(({ name }) => name);
  };

  it('replaces and patches a title with the entity tag of the last response', async () => {
    const read = await get<Details>(path, { token });
    const body = { kind: 'film', name: `${word} second`, synopsis: 'A city of two levels.' };
    const replaced = await send<Details>('PUT', path, { token, body, headers: { 'if-match': tagOf(read) } });
    expect(requireBody(replaced, 200)).toMatchObject({ ...body, credits: [], revision: 2 });
    const patched = requireBody(await patch({ runtimeMinutes: 153, synopsis: null }, tagOf(replaced)), 200);
    expect(patched).toMatchObject({ name: body.name, runtimeMinutes: 153, synopsis: '', revision: 3 });
    await eventually(searchNames, (names) => names.includes(`${word} second`));
  });

  it('rejects an edit that would overwrite a change that was not read', async () => {
    const read = await get<Details>(path);
    requireBody(await patch({ runtimeMinutes: 150 }, '*'), 200);
    expectProblem(await patch({ runtimeMinutes: 140 }, tagOf(read)), 412, 'TITLE_CHANGED');
    expectProblem(await send('DELETE', path, { token }), 428, 'PRECONDITION_REQUIRED');
  });

  it('deletes and restores a title', async () => {
    const headers = { 'if-match': tagOf(await get(path, { token })) };
    expect((await send('DELETE', path, { token, headers })).status).toBe(204);
    expectProblem(await get(path, { token }), 404, 'TITLE_NOT_FOUND');
    await eventually(
      () => get(path),
      ({ status }) => status === 404,
    );
    await eventually(searchNames, ({ length }) => length === 0);
    requireBody(await send<Details>('POST', `${path}/restore`, { token }), 200);
    await eventually(
      () => get(path),
      ({ status }) => status === 200,
    );
    await eventually(searchNames, ({ length }) => length === 1);
  });

  it('lists the changes of a title with their actions, fields, and accounts', async () => {
    const page = await get<Schema<'ChangePage'>>(`${path}/changes`, { token });
    const { changes } = requireBody(page, 200);
    const actions = ['restored', 'deleted', 'replaced', 'replaced', 'replaced', 'created'];
    expect(changes.map(({ action }) => action)).toEqual(actions);
    expect(changes[2]?.fields).toEqual([{ field: 'runtimeMinutes', before: 153, after: 150 }]);
    expect(new Set(changes.map(({ accountId }) => accountId)).size).toBe(1);
  });
});
