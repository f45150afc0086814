import { randomUUID } from 'node:crypto';
import { CodedError, catalogV1 } from '@viernes/contracts';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

describe('editing a person', () => {
  let edge: TestEdge;
  let current: catalogV1.Person;
  let replaced: catalogV1.ReplacePersonRequest[];
  const path = () => `/v1/people/${current.id}`;
  const send = (method: string, body: unknown, ifMatch?: string) =>
    edge.fetch(path(), {
      method,
      body: JSON.stringify(body),
      headers: {
        'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      },
    });

  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    current = { id: randomUUID(), name: 'Fritz Lang', slug: 'fritz-lang', roles: [1], titleCount: 2, revision: 3 };
    replaced = [];
    edge.catalog.handlers = {
      getPerson: () => ({ person: current }),
      replacePerson: (request) => {
        replaced.push(request);
        current = { ...current, name: request.person?.name ?? '', revision: current.revision + 1 };
        return { person: current };
      },
    };
  });

  it('accepts only the entity tag of the latest response', async () => {
    const tag = (await edge.fetch(path())).headers.get('etag') ?? '';
    const renamed = await send('PUT', { name: 'Friedrich Lang' }, tag);
    expect([renamed.status, await renamed.json()]).toMatchObject([200, { name: 'Friedrich Lang', revision: 4 }]);
    expect(renamed.headers.get('content-location')).toBe(path());
    expect(replaced).toMatchObject([{ personId: current.id, revision: 3, person: { name: 'Friedrich Lang' } }]);
    const second = await send('PUT', { name: 'Lang' }, tag);
    expect([second.status, await second.json()]).toMatchObject([412, { code: 'PERSON_CHANGED' }]);
    expect((await send('PUT', { name: 'Lang' }, renamed.headers.get('etag') ?? '')).status).toBe(200);
  });

  it('keeps the fields that a patch does not contain', async () => {
    expect((await send('PATCH', { slug: 'fritz-lang-1890' }, '*')).status).toBe(200);
    expect(replaced).toMatchObject([{ person: { name: 'Fritz Lang', slug: 'fritz-lang-1890' } }]);
  });

  it('creates a person, and returns its path and entity tag', async () => {
    let request: catalogV1.CreatePersonRequest | undefined;
    edge.catalog.handlers.createPerson = (received) => {
      request = received;
      return { person: current };
    };
    const response = await edge.fetch('/v1/people', {
      method: 'POST',
      json: { name: 'Fritz Lang', slug: 'fritz-lang' },
    });
    expect([response.status, response.headers.get('location')]).toEqual([201, path()]);
    expect(response.headers.get('etag')).toBe((await edge.fetch(path())).headers.get('etag'));
    expect(request).toMatchObject({ person: { name: 'Fritz Lang', slug: 'fritz-lang' } });
    expect((await edge.fetch('/v1/people', { method: 'POST', json: { slug: 'x' } })).status).toBe(400);
  });

  it('deletes a person only if the client has read the current revision, and restores the person', async () => {
    const deleted: catalogV1.DeletePersonRequest[] = [];
    edge.catalog.handlers.deletePerson = (request) => {
      deleted.push(request);
      return {};
    };
    edge.catalog.handlers.restorePerson = ({ personId }) => ({ person: { ...current, id: personId, revision: 5 } });
    const remove = (ifMatch?: string) =>
      edge.fetch(path(), { method: 'DELETE', headers: ifMatch === undefined ? {} : { 'if-match': ifMatch } });
    expect([(await remove()).status, (await remove('"other"')).status]).toEqual([428, 412]);
    const tag = (await edge.fetch(path())).headers.get('etag') ?? '';
    expect((await remove(tag)).status).toBe(204);
    expect(deleted).toEqual([{ personId: current.id, revision: 3 }]);
    const restored = await edge.fetch(`${path()}/restore`, { method: 'POST' });
    expect([restored.status, await restored.json()]).toMatchObject([200, { id: current.id, revision: 5 }]);
    expect(restored.headers.get('content-location')).toBe(path());
  });

  it('lists the changes of a person with their values', async () => {
    const changedAt = new Date().toISOString();
    edge.catalog.handlers.listPersonChanges = ({ personId, pageSize }) => {
      expect([personId, pageSize]).toEqual([current.id, 1]);
      const fields = [{ field: 'name', before: undefined, after: '"One"' }];
      const action = catalogV1.ChangeAction.CHANGE_ACTION_REPLACED;
      return { changes: [{ revision: 4, action, accountId: 'editor', changedAt, fields }], nextCursor: '' };
    };
    const response = await edge.fetch(`${path()}/changes?pageSize=1`);
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        changes: [
          {
            ...{ revision: 4, action: 'replaced', accountId: 'editor', changedAt },
            fields: [{ field: 'name', before: null, after: 'One' }],
          },
        ],
        nextCursor: null,
      },
    ]);
  });

  it.each([
    ['PUT', {}, 'name'],
    ['PUT', { name: 'Lang', revision: 3 }, 'revision'],
    ['PATCH', { name: null }, 'name'],
    ['PATCH', { slug: 'two words' }, 'slug'],
  ])('returns 400 for %s %j', async (method, body, field) => {
    const response = await send(method, body, '*');
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ path: field }] }]);
    expect(replaced).toEqual([]);
  });

  it('returns 428 without If-Match, and 409 for the slug of another person', async () => {
    expect((await send('PUT', { name: 'Lang' })).status).toBe(428);
    edge.catalog.handlers.replacePerson = () => {
      throw new CodedError('PERSON_EXISTS');
    };
    expect((await send('PATCH', { slug: 'thea-von-harbou' }, '*')).status).toBe(409);
  });
});
