import { randomUUID } from 'node:crypto';
import type { catalogV1 } from '@viernes/contracts';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const TITLE_ID = randomUUID();
const SEASON_PATH = `/v1/titles/${TITLE_ID}/seasons/1`;
const PATH = `${SEASON_PATH}/episodes/2`;

describe('editing an episode', () => {
  let edge: TestEdge;
  let current: catalogV1.Season;
  let puts: catalogV1.PutSeasonRequest[];

  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    current = {
      ...{ number: 1, name: 'One', synopsis: 'A night train.', releaseYear: 2026, revision: 4 },
      episodes: [newEpisode(1, 'Departure'), newEpisode(2, 'Tunnel')],
    };
    puts = [];
    edge.catalog.handlers = {
      listSeasons: () => ({ seasons: [current] }),
      putSeason: (request) => {
        puts.push(request);
        const episodes = request.episodes.map((input) => ({ ...newEpisode(input.number, ''), ...input }));
        current = { ...current, episodes, revision: current.revision + 1 };
        return { season: current };
      },
      restoreEpisode: () => ({ season: current }),
    };
  });

  const newEpisode = (number: number, name: string): catalogV1.Episode => ({
    ...{ id: randomUUID(), titleId: TITLE_ID, seasonNumber: 1, number, name, synopsis: '' },
    ...{ runtimeMinutes: 42, releasedOn: undefined, isPlayable: true, durationMs: 30_022 },
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

  it('replaces an episode only if it has not changed since the client has read it', async () => {
    const tag = await readTag();
    const replaced = await send('PUT', { name: 'Bridge' }, tag);
    expect([replaced.status, await replaced.json()]).toMatchObject([200, { number: 2, name: 'Bridge' }]);
    expect(replaced.headers.get('content-location')).toBe(PATH);
    expect(puts).toMatchObject([{ titleId: TITLE_ID, number: 1, name: 'One', releaseYear: 2026, revision: 4 }]);
    expect(puts[0]?.episodes).toMatchObject([{ name: 'Departure', runtimeMinutes: 42 }, { name: 'Bridge' }]);
    expect(puts[0]?.episodes[1]?.runtimeMinutes).toBeUndefined();
    const second = await send('PUT', { name: 'Bridge' }, tag);
    expect([second.status, await second.json()]).toMatchObject([412, { code: 'SEASON_CHANGED' }]);
    expect((await send('PUT', { name: 'Bridge' }, replaced.headers.get('etag') ?? '')).status).toBe(200);
  });

  it('changes only the fields of a patch, and removes those that are null', async () => {
    expect((await send('PATCH', { synopsis: 'Dark.', runtimeMinutes: null }, '*')).status).toBe(200);
    expect(puts[0]?.episodes[1]).toMatchObject({ number: 2, name: 'Tunnel', synopsis: 'Dark.' });
    expect(puts[0]?.episodes[1]?.runtimeMinutes).toBeUndefined();
    const invalid = await send('PATCH', { name: null }, '*');
    expect([invalid.status, await invalid.json()]).toMatchObject([400, { errors: [{ path: 'name' }] }]);
  });

  it('removes the episode from its season, and restores it', async () => {
    const tag = await readTag();
    expect((await send('DELETE', undefined, '"other"')).status).toBe(412);
    const { episodes } = current;
    expect((await send('DELETE', undefined, tag)).status).toBe(204);
    expect(puts.map((put) => put.episodes.map(({ number }) => number))).toEqual([[1]]);
    expect((await edge.fetch(PATH)).status).toBe(404);
    current = { ...current, episodes };
    const restored = await edge.fetch(`${PATH}/restore`, { method: 'POST' });
    expect([restored.status, restored.headers.get('etag')]).toEqual([200, tag]);
  });

  it('returns and accepts an episode in XML', async () => {
    const headers = { accept: 'application/xml', 'content-type': 'application/xml' };
    const read = await edge.fetch(PATH, { headers });
    expect(await read.text()).toContain('<name>Tunnel</name>');
    const body = '<EpisodeInput><name>Bridge</name></EpisodeInput>';
    const ifMatch = read.headers.get('etag') ?? '';
    const put = await edge.fetch(PATH, { method: 'PUT', headers: { ...headers, 'if-match': ifMatch }, body });
    expect([put.status, await put.text()]).toEqual([200, expect.stringContaining('<name>Bridge</name>')]);
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('returns 428 for %s without If-Match', async (method) => {
    expect((await send(method)).status).toBe(428);
    expect(puts).toEqual([]);
  });

  it.each(['seasons/1/episodes/3', 'seasons/2/episodes/2'])(
    'returns 404 for %s, which does not exist',
    async (path) => {
      const url = `/v1/titles/${TITLE_ID}/${path}`;
      expect((await edge.fetch(url)).status).toBe(404);
      expect((await edge.fetch(url, { method: 'DELETE', headers: { 'if-match': '*' } })).status).toBe(404);
    },
  );
});
