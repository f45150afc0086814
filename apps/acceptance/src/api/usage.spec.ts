import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { apiClient, call, expectProblem, get, requireBody, type HttpResponse } from '../support/http.js';
import { Viewer } from '../support/viewer.js';

type Report = Schema<'UsageReport'>;

const KEY_CALLS = 7;
const SESSION_CALLS = 4;

describe('usage', () => {
  let viewer: Viewer;
  let apiKey: Schema<'ApiKey'>;

  const createKey = async (name: string, scopes: Schema<'ApiKeyScope'>[]) => {
    const body = { name, scopes, password: Viewer.password };
    return requireBody(await call(apiClient(viewer.token).POST('/v1/account/api-keys', { body })), 201);
  };
  const callTimes = async (count: number, path: string, token: string): Promise<void> => {
    for (let index = 0; index < count; index += 1) await get(path, { token });
  };
  const readReport = async (query: string, token = viewer.token): Promise<Report> =>
    requireBody(await get<Report>(`/v1/usage?interval=total&${query}`, { token }), 200);

  beforeAll(async () => {
    viewer = await Viewer.signUp();
    const issued = await createKey('nightly', ['catalog:read']);
    ({ apiKey } = issued);
    await callTimes(KEY_CALLS, '/v1/titles?pageSize=1', issued.secret);
    await callTimes(SESSION_CALLS, '/v1/titles?pageSize=1', viewer.token);
    await callTimes(2, '/v1/titles/no-such-title', viewer.token);
    await callTimes(1, '/v1/profiles', issued.secret);
    await eventually(
      () => readReport('groupBy=operation&operation=listProfiles'),
      ({ rows }) => rows.length > 0,
      { what: 'the last call is counted' },
    );
  });

  it('a usage report contains exactly the calls of each API key, session, operation and status', async () => {
    const query = 'groupBy=apiKey&groupBy=operation&groupBy=status';
    const { rows, nextCursor } = await readReport(query);
    const isCalled = ({ operation = null }: Schema<'UsageRow'>) =>
      ['listTitles', 'getTitle', 'listProfiles'].includes(operation ?? '');
    const counted = rows.filter(isCalled).map(({ apiKeyId, operation, status, calls, clientErrors }) => ({
      ...{ apiKeyId, operation, status, calls, clientErrors },
    }));
    const keyRow = { apiKeyId: apiKey.id, clientErrors: 0 };
    expect(counted).toHaveLength(4);
    expect(counted).toEqual(
      expect.arrayContaining([
        { ...keyRow, operation: 'listTitles', status: 200, calls: KEY_CALLS },
        { ...keyRow, operation: 'listProfiles', status: 403, calls: 1, clientErrors: 1 },
        { apiKeyId: null, operation: 'listTitles', status: 200, calls: SESSION_CALLS, clientErrors: 0 },
        { apiKeyId: null, operation: 'getTitle', status: 404, calls: 2, clientErrors: 2 },
      ]),
    );
    expect(nextCursor).toBeNull();
    for (const { p50Ms, responseBytes } of rows.filter(isCalled)) {
      expect(p50Ms).toBeGreaterThan(0);
      expect(responseBytes).toBeGreaterThan(0);
    }
  });

  it('requires the scope usage:read of an API key, and shows other accounts to admins only', async () => {
    const { secret: withoutScope } = await createKey('without scope', ['catalog:read']);
    expectProblem(await get('/v1/usage', { token: withoutScope }), 403, 'SCOPE_MISSING');
    const { secret } = await createKey('monitoring', ['usage:read']);
    const keyReport = await readReport(`apiKeyId=${apiKey.id}`, secret);
    expect(keyReport.rows).toMatchObject([{ calls: KEY_CALLS + 1 }]);

    const other = await Viewer.signUp();
    const { id } = viewer.session.account;
    expectProblem(await get(`/v1/usage?accountId=${id}`, { token: other.token }), 403, 'FORBIDDEN');
    expect((await readReport(`apiKeyId=${apiKey.id}`, other.token)).rows).toEqual([]);
    const admin = await Editor.signIn(config.edgeUrl, config.adminEmail);
    const adminReport = await readReport(`apiKeyId=${apiKey.id}&groupBy=account&groupBy=apiKey`, admin.token);
    expect(adminReport.rows).toMatchObject([
      { accountId: id, email: viewer.email, apiKeyName: 'nightly', apiKeyPrefix: apiKey.prefix, calls: KEY_CALLS + 1 },
    ]);
  });

  it('returns usage as CSV to clients that prefer it, in pages with links', async () => {
    const headers = { accept: 'text/csv' };
    let path: string | undefined = '/v1/usage?interval=total&groupBy=operation&groupBy=status&pageSize=2';
    const lines: string[] = [];
    while (path !== undefined) {
      const response: HttpResponse<string> = await get<string>(path, { token: viewer.token, headers });
      expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      lines.push(...response.text.trimEnd().split('\r\n').slice(1));
      [, path] = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '') ?? [];
    }
    expect(lines.length).toBeGreaterThan(2);
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.find((line) => line.includes(',getTitle,404,'))).toContain(',getTitle,404,2,2,0,');
  });
});
