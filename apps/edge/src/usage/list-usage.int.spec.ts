import { randomUUID } from 'node:crypto';
import { userV1 } from '@viernes/contracts';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const PERIOD = { from: '2026-11-23T10:00:00.000Z', to: '2026-11-23T12:00:00.000Z' };

const row: userV1.UsageRow = {
  ...{ startsAt: PERIOD.from, accountId: randomUUID(), email: '=ada@example.org', plan: 'partner' },
  ...{ apiKeyId: undefined, apiKeyName: undefined, apiKeyPrefix: undefined, operation: 'getTitle', status: undefined },
  ...{ calls: 3, clientErrors: 1, serverErrors: 0, responseBytes: 2_000, p50Ms: 1.5, p95Ms: 20, p99Ms: undefined },
};

describe('GET /v1/usage', () => {
  let edge: TestEdge;
  let requests: userV1.ListUsageRequest[];
  let nextCursor: string;

  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    requests = [];
    nextCursor = '';
    edge.user.handlers.listUsage = (request) => {
      requests.push(request);
      return { rows: [row], nextCursor };
    };
  });

  it('requests the last 24 hours by hour without parameters', async () => {
    const response = await edge.fetch('/v1/usage');
    expect(response.status).toBe(200);
    const [{ from = '', to = '', interval, dimensions, order } = {} as userV1.ListUsageRequest] = requests;
    expect(Date.parse(to) - Date.parse(from)).toBe(24 * 3_600_000);
    expect(Date.parse(to)).toBeGreaterThanOrEqual(Date.now());
    expect(new Date(to).getUTCMinutes()).toBe(0);
    expect({ interval, dimensions, order }).toEqual({ interval: 1, dimensions: [], order: 1 });
  });

  it('returns the fields of the requested dimensions, and complete hours', async () => {
    const query = 'from=2026-11-23T10:59:00Z&to=2026-11-23T12:01:00%2B01:00&interval=day&groupBy=operation&sort=calls';
    const body: unknown = await (await edge.fetch(`/v1/usage?${query}`)).json();
    expect(requests).toMatchObject([{ ...PERIOD, interval: 2, dimensions: [3], order: 2 }]);
    const { calls, clientErrors, serverErrors, responseBytes, p50Ms, p95Ms } = row;
    expect(body).toEqual({
      ...PERIOD,
      rows: [
        {
          ...{ startsAt: PERIOD.from, operation: 'getTitle', calls, clientErrors, serverErrors, responseBytes },
          ...{ p50Ms, p95Ms, p99Ms: null },
        },
      ],
      nextCursor: null,
    });
  });

  it('returns the remaining calls of each account in this month', async () => {
    const query = new URLSearchParams({ ...PERIOD, interval: 'total', groupBy: 'account' });
    const { rows } = (await (await edge.fetch(`/v1/usage?${query.toString()}`)).json()) as { rows: unknown[] };
    expect(rows).toEqual([expect.objectContaining({ accountId: row.accountId, remainingCalls: 10_000_000 })]);
  });

  it('returns CSV if the client prefers it, with a link to the next page', async () => {
    nextCursor = 'next';
    const query = new URLSearchParams({ groupBy: 'account', from: PERIOD.from, to: PERIOD.to, cursor: 'first' });
    query.append('groupBy', 'operation');
    const response = await edge.fetch(`/v1/usage?${query.toString()}`, { headers: { accept: 'text/csv' } });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(await response.text()).toBe(
      [
        'startsAt,accountId,email,apiKeyId,apiKeyName,apiKeyPrefix,operation,status,calls,clientErrors,serverErrors,responseBytes,p50Ms,p95Ms,p99Ms,remainingCalls',
        `${PERIOD.from},${row.accountId},'=ada@example.org,,,,getTitle,,3,1,0,2000,1.5,20,,`,
        '',
      ].join('\r\n'),
    );
    const [, next = ''] = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '') ?? [];
    await edge.fetch(next);
    const [first, second] = requests;
    expect(second).toEqual({ ...first, cursor: 'next' });
  });

  it('returns problems as JSON to clients that accept only CSV, and 406 for reads without CSV', async () => {
    const headers = { accept: 'text/csv' };
    const invalid = await edge.fetch('/v1/usage?interval=week', { headers });
    expect(invalid.status).toBe(400);
    expect(invalid.headers.get('content-type')).toContain('application/problem+json');
    expect((await edge.fetch('/v1/titles', { headers })).status).toBe(406);
  });
});
