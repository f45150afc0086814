import { randomUUID } from 'node:crypto';
import { CodedError, catalogV1 } from '@viernes/contracts';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const TITLE_ID = randomUUID();
const PATH = `/v1/titles/${TITLE_ID}/seasons/1`;

describe('editing a season', () => {
  let edge: TestEdge;
  let current: catalogV1.Season;
  let puts: catalogV1.PutSeasonRequest[];
  let deleted: catalogV1.DeleteSeasonRequest[];

  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    current = {
      ...{ number: 1, name: 'One', synopsis: 'A night train.', releaseYear: 2026, revision: 4 },
      episodes: [
        {
          ...{ id: randomUUID(), titleId: TITLE_ID, seasonNumber: 1, number: 1, name: 'Departure', synopsis: '' },
          ...{ runtimeMinutes: 42, releasedOn: undefined, isPlayable: true, durationMs: 30_022 },
        },
      ],
    };
    puts = [];
    deleted = [];
    edge.catalog.handlers = {
      listSeasons: () => ({ seasons: [current] }),
      putSeason: (request) => {
        puts.push(request);
        current = { ...current, name: request.name, revision: current.revision + 1 };
        return { season: current };
      },
      deleteSeason: (request) => {
        deleted.push(request);
        return {};
      },
      restoreSeason: () => ({ season: current }),
    };
  });

  const readTag = async (): Promise<string> => (await edge.fetch(PATH)).headers.get('etag') ?? '';
  const send = (method: string, body?: unknown, ifMatch?: string) =>
    edge.fetch(PATH, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: {
        ...(body !== undefined && {
          'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
        }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      },
    });

  it('accepts only the entity tag of the latest response', async () => {
    const tag = await readTag();
    const replaced = await send('PUT', { name: 'Uno', episodes: [] }, tag);
    expect([replaced.status, await replaced.json()]).toMatchObject([200, { name: 'Uno', revision: 5 }]);
    expect(replaced.headers.get('content-location')).toBe(PATH);
    expect(puts).toMatchObject([{ titleId: TITLE_ID, number: 1, revision: 4, name: 'Uno', episodes: [] }]);
    const second = await send('PUT', { episodes: [] }, tag);
    expect([second.status, await second.json()]).toMatchObject([412, { code: 'SEASON_CHANGED' }]);
    expect((await send('PUT', { episodes: [] }, replaced.headers.get('etag') ?? '')).status).toBe(200);
  });

  it('restores removed episodes only if the client requests it', async () => {
    const replace = (query: string) =>
      edge.fetch(`${PATH}${query}`, { method: 'PUT', json: { episodes: [] }, headers: { 'if-match': '*' } });
    for (const query of ['', '?restoreEpisodes=false', '?restoreEpisodes=true']) {
      expect((await replace(query)).status).toBe(200);
    }
    expect(puts.map(({ restoreEpisodes }) => restoreEpisodes)).toEqual([false, false, true]);
    expect((await replace('?restoreEpisodes=all')).status).toBe(400);
  });

  it('accepts 400 episodes with synopses of the maximum length, and returns 413 for a larger body', async () => {
    const episodes = Array.from({ length: 400 }, (_, number) => ({
      number,
      name: '漢'.repeat(200),
      synopsis: '漢'.repeat(4_000),
    }));
    expect((await send('PUT', { episodes }, '*')).status).toBe(200);
    expect(puts[0]?.episodes[399]?.synopsis).toHaveLength(4_000);
    expect((await send('PUT', { name: 'x'.repeat(6 * 1024 * 1024) }, '*')).status).toBe(413);
  });

  it('changes only the fields of a patch, and removes those that are null', async () => {
    expect((await send('PATCH', { name: 'Uno', releaseYear: null }, '*')).status).toBe(200);
    expect(puts).toMatchObject([
      { name: 'Uno', synopsis: 'A night train.', episodes: [{ number: 1, name: 'Departure', runtimeMinutes: 42 }] },
    ]);
    expect(puts[0]?.releaseYear).toBeUndefined();
    expect((await send('PATCH', { episodes: null }, '*')).status).toBe(400);
  });

  it('deletes a season only if the client has read the current revision, and restores the season', async () => {
    expect((await send('DELETE', undefined, '"other"')).status).toBe(412);
    expect((await send('DELETE', undefined, await readTag())).status).toBe(204);
    expect(deleted).toEqual([{ titleId: TITLE_ID, number: 1, revision: 4 }]);
    const restored = await edge.fetch(`${PATH}/restore`, { method: 'POST' });
    expect([restored.status, restored.headers.get('etag')]).toEqual([200, await readTag()]);
  });

  it('creates a season, and returns 409 if it exists', async () => {
    const created = await edge.fetch(`/v1/titles/${TITLE_ID}/seasons`, {
      method: 'POST',
      json: { number: 1, episodes: [] },
    });
    expect([created.status, created.headers.get('location')]).toEqual([201, PATH]);
    expect(puts[0]?.revision).toBeUndefined();
    edge.catalog.handlers.putSeason = () => {
      throw new CodedError('SEASON_EXISTS');
    };
    const again = await edge.fetch(`/v1/titles/${TITLE_ID}/seasons`, {
      method: 'POST',
      json: { number: 1, episodes: [] },
    });
    expect(again.status).toBe(409);
  });

  it('lists the changes of a season with their values', async () => {
    const changedAt = new Date().toISOString();
    edge.catalog.handlers.listSeasonChanges = ({ titleId, number, pageSize }) => {
      expect([titleId, number, pageSize]).toEqual([TITLE_ID, 1, 1]);
      const fields = [{ field: 'name', before: undefined, after: '"One"' }];
      const action = catalogV1.ChangeAction.CHANGE_ACTION_REPLACED;
      return { changes: [{ revision: 4, action, accountId: 'editor', changedAt, fields }], nextCursor: '' };
    };
    const response = await edge.fetch(`${PATH}/changes?pageSize=1`);
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

  it.each(['PUT', 'PATCH', 'DELETE'])('returns 428 for %s without If-Match', async (method) => {
    expect((await send(method)).status).toBe(428);
    expect([puts, deleted]).toEqual([[], []]);
  });

  it('returns 404 for a season that does not exist', async () => {
    const path = `/v1/titles/${TITLE_ID}/seasons/2`;
    expect((await edge.fetch(path)).status).toBe(404);
    expect((await edge.fetch(path, { method: 'DELETE', headers: { 'if-match': '*' } })).status).toBe(404);
  });
});
