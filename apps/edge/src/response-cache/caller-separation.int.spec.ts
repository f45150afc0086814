import { randomUUID } from 'node:crypto';
import { ResponseCache } from '@viernes/gateway';
import { OPERATIONS } from '../openapi/operations.js';
import type { CallInfo } from '../testing/fake-grpc-server.js';
import { titleMessage, titlePageMessage } from '../testing/messages.js';
import { RAISED_LIMIT } from '../testing/raised-limit.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

/** The operations whose responses are cached. */
const CACHED = OPERATIONS.filter(({ cache }) => cache);

function toPath(path: string): string {
  return path
    .replace(':type', 'title-not-found')
    .replace(':number', '1')
    .replace(':episode', '1')
    .replaceAll(/:[A-Za-z]+/g, '0b7c6a52-4b38-4a0e-9d2c-6f3f1f6f0a11')
    .replace(/-suggestions$/, '$&?query=for');
}

/** A title whose name contains the account of the call, like a response that is only for this caller. */
function titleFor({ metadata }: CallInfo) {
  const [accountId = 'anonymous'] = metadata.get('viernes-account-id');
  return titleMessage({ name: `for ${String(accountId)}` });
}

describe('cached responses', () => {
  let edge: TestEdge;
  let tokens: readonly string[];
  const accounts = [randomUUID(), randomUUID()];

  beforeAll(async () => {
    edge = await startEdge(RAISED_LIMIT);
    tokens = await Promise.all(
      accounts.flatMap((accountId) =>
        (['viewer', 'editor'] as const).map((role) => edge.issuer.sign({ accountId, role })),
      ),
    );
  });
  beforeEach(() => {
    edge.get(ResponseCache).clear();
    edge.catalog.handlers = {
      listTitles: (_, call) => titlePageMessage([titleFor(call)]),
      listTitleFacets: (_, call) => {
        const genres = [{ value: titleFor(call).name, count: 1 }];
        const others = { kinds: [], countries: [], languages: [], maximumAges: [], decades: [], playable: [] };
        return { total: 1, isLowerBound: false, genres, ...others };
      },
      listRelatedTitles: (_, call) => ({ titles: [titleFor(call)] }),
      suggestTitles: (_, call) => ({ suggestions: [{ name: titleFor(call).name, titleId: randomUUID() }] }),
      getTitle: (_, call) => ({ title: titleFor(call) }),
      listSeasons: (_, call) => {
        const { id, name } = titleFor(call);
        const shared = { number: 1, name, synopsis: '' };
        const episode = { ...shared, id, titleId: id, seasonNumber: 1, isPlayable: false };
        const unset = { runtimeMinutes: undefined, releasedOn: undefined, durationMs: undefined };
        return { seasons: [{ ...shared, releaseYear: undefined, episodes: [{ ...episode, ...unset }], revision: 1 }] };
      },
      getPerson: (_, call) => {
        const { id, name } = titleFor(call);
        return { person: { id, name, slug: 'fritz-lang', roles: [], titleCount: 0, revision: 1 } };
      },
      listHomeRows: (_, call) => ({
        rows: [{ id: 'popular', name: 'Popular', titles: [titleFor(call)] }],
        version: '',
      }),
    };
  });
  afterAll(() => edge?.stop());

  it('the specs of caller separation cover every cached operation', () => {
    expect(CACHED.map(({ operationId }) => operationId).toSorted()).toEqual([
      'getEpisode',
      'getHome',
      'getOpenApi',
      'getPerson',
      'getSeason',
      'getTitle',
      'listRelatedTitles',
      'listSeasons',
      'listTitleFacets',
      'listTitleSuggestions',
      'listTitleSuggestionsV2',
      'listTitles',
    ]);
  });

  it.each(OPERATIONS.map((operation) => [operation.operationId, operation] as const))(
    'the responses of %s never contain data of another caller',
    async (_, { method, path, cache }) => {
      const expectOwn = async (token: string | null): Promise<void> => {
        const response = await edge.fetch(toPath(path), { method, token });
        const body = await response.text();
        const isShared = response.headers.get('cache-control')?.includes('public') ?? false;
        expect([token === null, isShared]).toEqual([token === null, Boolean(cache) && token === null]);
        for (const [index, accountId] of accounts.entries()) {
          const isOwn = token !== null && tokens.slice(2 * index, 2 * index + 2).includes(token);
          if (!isOwn) expect(body).not.toContain(accountId);
          else if (body.includes('"for ')) expect(body).toContain(`for ${accountId}`);
        }
      };
      if (!cache) await Promise.all([...tokens, null].map(expectOwn));
      // Each caller sends a request before and after every other caller.
      else for (const token of [...tokens, null, ...tokens, null, ...tokens]) await expectOwn(token);
    },
  );

  it.each(CACHED.map((operation) => [operation.operationId, operation] as const))(
    'the responses of %s are not mixed if all callers send their requests concurrently',
    async (_, { path }) => {
      const callers = Array.from({ length: 40 }, (_unused, index) => tokens[index % 5] ?? null);
      await Promise.all(
        callers.map(async (token) => {
          const body = await (await edge.fetch(toPath(path), { token })).text();
          const foreign = accounts.filter(
            (_account, index) => token === null || Math.floor(tokens.indexOf(token) / 2) !== index,
          );
          for (const accountId of foreign) expect(body).not.toContain(accountId);
          if (token === null) expect(body).not.toMatch(/for (?!anonymous)[0-9a-f]{8}-/);
        }),
      );
    },
  );
});
