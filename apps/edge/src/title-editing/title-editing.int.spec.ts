import { catalogV1, CodedError } from '@viernes/contracts';
import { titleMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const MERGE_PATCH = 'application/merge-patch+json';

describe('editing a title', () => {
  let edge: TestEdge;
  let current: catalogV1.Title;
  let replaced: catalogV1.ReplaceTitleRequest[];
  let deleted: catalogV1.DeleteTitleRequest[];

  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    current = titleMessage({
      revision: 7,
      synopsis: 'A city with two floors. '.repeat(60),
      runtimeMinutes: 153,
      externalId: 'films/metropolis',
      credits: [
        { personId: '9d1f6a52-1c7e-4b8a-a3f1-0c2b4d6e8f10', name: 'Fritz Lang', role: 1, character: undefined },
      ],
    });
    replaced = [];
    deleted = [];
    edge.catalog.handlers = {
      getTitle: () => ({ title: current }),
      replaceTitle: (request) => {
        replaced.push(request);
        if (request.revision !== current.revision) throw new CodedError('TITLE_CHANGED');
        current = { ...current, name: request.title?.name ?? '', revision: current.revision + 1 };
        return { title: current };
      },
      deleteTitle: (request) => {
        deleted.push(request);
        return {};
      },
      restoreTitle: () => ({ title: current }),
    };
  });

  const path = () => `/v1/titles/${current.id}`;
  const put = (ifMatch?: string) =>
    edge.fetch(path(), {
      method: 'PUT',
      json: { kind: 'film', name: 'Faust' },
      headers: { ...(ifMatch !== undefined && { 'if-match': ifMatch }) },
    });
  const patch = (body: unknown, type = MERGE_PATCH) =>
    edge.fetch(path(), {
      method: 'PATCH',
      body: JSON.stringify(body),
      headers: { 'content-type': type, 'if-match': '*' },
    });
  const readTag = async (token: string | null | undefined, encoding: string): Promise<string> => {
    const headers = { 'accept-encoding': encoding };
    const response = await edge.fetch(path(), { headers, ...(token !== undefined && { token }) });
    expect(response.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
    return response.headers.get('etag') ?? '';
  };

  it.each([
    ['an editor', undefined, 'identity'],
    ['an editor', undefined, 'br'],
    ['an anonymous client', null, 'identity'],
    ['an anonymous client', null, 'gzip'],
  ])('accepts the entity tag that %s receives (token %j, encoding %s)', async (_, token, encoding) => {
    const tag = await readTag(token, encoding);
    expect(tag).toMatch(encoding === 'identity' ? /^"[\w-]{22}"$/ : new RegExp(`^"[\\w-]{22}-${encoding}"$`));
    const response = await put(`"other", ${tag}`);
    expect(response.status).toBe(200);
    expect(replaced).toMatchObject([{ titleId: current.id, revision: 7, title: { name: 'Faust' } }]);
  });

  it('returns the changed title with the entity tag of the next read', async () => {
    const response = await put(await readTag(undefined, 'br'));
    expect(await response.json()).toMatchObject({ name: 'Faust', revision: 8 });
    expect(response.headers.get('content-location')).toBe(path());
    const tag = response.headers.get('etag') ?? '';
    expect((await put(tag)).status).toBe(200);
    expect((await put(tag)).status).toBe(412);
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('returns 428 for %s without If-Match', async (method) => {
    const response = await edge.fetch(path(), { method });
    expect(response.status).toBe(428);
    expect(await response.json()).toMatchObject({ code: 'PRECONDITION_REQUIRED' });
    expect([replaced, deleted]).toEqual([[], []]);
  });

  it.each(['"other"', 'other', '', 'weak'])('returns 412 for the entity tag %j', async (ifMatch) => {
    const tag = ifMatch === 'weak' ? `W/${await readTag(undefined, 'identity')}` : ifMatch;
    const response = await put(tag);
    expect(response.status).toBe(412);
    expect(await response.json()).toMatchObject({ code: 'TITLE_CHANGED' });
    expect(replaced).toEqual([]);
  });

  it('returns 412 if the title changes between the comparison and the change', async () => {
    const tag = await readTag(undefined, 'identity');
    const { getTitle } = edge.catalog.handlers;
    edge.catalog.handlers.getTitle = async (request, call) => {
      const response = await getTitle?.(request, call);
      current = { ...current, revision: 8 };
      return response ?? { title: undefined };
    };
    expect((await put(tag)).status).toBe(412);
    expect(replaced).toMatchObject([{ revision: 7 }]);
  });

  it('accepts a patch of 200 credits and 20 images with texts of the maximum length', async () => {
    const credit = { name: '漢'.repeat(100), role: 'actor', character: '漢'.repeat(200) };
    const image = { kind: 'poster', widthPx: 1, heightPx: 1, alternativeText: '漢'.repeat(300) };
    const url = `https://images.example/${'x'.repeat(1_900)}`;
    const response = await patch({
      synopsis: '漢'.repeat(4_000),
      credits: Array.from({ length: 200 }, () => credit),
      artwork: Array.from({ length: 20 }, () => ({ ...image, url })),
    });
    expect(response.status).toBe(200);
    expect(replaced[0]?.title?.credits).toHaveLength(200);
  });

  it('changes only the fields of a patch, and removes those that are null', async () => {
    const response = await patch({ name: 'Faust', runtimeMinutes: null });
    expect(response.status).toBe(200);
    expect(replaced[0]?.title).toMatchObject({
      name: 'Faust',
      synopsis: current.synopsis,
      genres: ['Drama'],
      externalId: 'films/metropolis',
      slug: 'metropolis-1927',
      credits: [{ personId: '9d1f6a52-1c7e-4b8a-a3f1-0c2b4d6e8f10', name: 'Fritz Lang', role: 1 }],
    });
    expect(replaced[0]?.title?.runtimeMinutes).toBeUndefined();
  });

  it.each([
    [{ name: null }, 'name'],
    [{ releaseYear: 1700 }, 'releaseYear'],
    [{ revision: 9 }, 'revision'],
    [[], 'body'],
  ])('returns 400 for the patch %j', async (body, field) => {
    const response = await patch(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ path: field }] });
    expect(replaced).toEqual([]);
  });

  it('returns 415 for a PATCH without a merge patch, and for another request with one', async () => {
    expect((await patch({ name: 'Faust' }, 'application/json')).status).toBe(415);
    expect((await patch({ name: 'Faust' }, `${MERGE_PATCH}; charset=utf-8`)).status).toBe(200);
    const headers = { 'content-type': MERGE_PATCH };
    const body = JSON.stringify({ kind: 'film', name: 'Faust' });
    expect((await edge.fetch('/v1/titles', { method: 'POST', body, headers })).status).toBe(415);
  });

  it('sends the revision that the client has read with a deletion, and restores the title', async () => {
    const tag = await readTag(undefined, 'identity');
    const response = await edge.fetch(path(), { method: 'DELETE', headers: { 'if-match': tag } });
    expect(response.status).toBe(204);
    expect(deleted).toEqual([{ titleId: current.id, revision: 7 }]);
    const headers = { 'accept-encoding': 'identity' };
    const restored = await edge.fetch(`${path()}/restore`, { method: 'POST', headers });
    expect([restored.status, restored.headers.get('etag')]).toEqual([200, tag]);
  });

  it('lists the changes of a title with their values', async () => {
    const changedAt = new Date().toISOString();
    edge.catalog.handlers.listTitleChanges = ({ pageSize, cursor }) => ({
      changes: [
        {
          revision: 2,
          action: catalogV1.ChangeAction.CHANGE_ACTION_REPLACED,
          accountId: 'editor',
          changedAt,
          fields: [{ field: 'genres', before: undefined, after: '["Drama"]' }],
        },
        // The account that made this change has been deleted.
        { revision: 1, action: catalogV1.ChangeAction.CHANGE_ACTION_CREATED, accountId: '', changedAt, fields: [] },
      ],
      nextCursor: `${pageSize}-${cursor}`,
    });
    const response = await edge.fetch(`${path()}/changes?pageSize=1&cursor=abc`);
    expect(await response.json()).toEqual({
      changes: [
        {
          revision: 2,
          action: 'replaced',
          accountId: 'editor',
          changedAt,
          fields: [{ field: 'genres', before: null, after: ['Drama'] }],
        },
        { revision: 1, action: 'created', accountId: null, changedAt, fields: [] },
      ],
      nextCursor: '1-abc',
    });
  });
});
