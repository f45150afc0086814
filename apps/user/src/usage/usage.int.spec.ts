import { randomInt, randomUUID } from 'node:crypto';
import {
  AccountChangesAnonymizedV1,
  AccountDataDeletedV1,
  toDurationBucket,
  USAGE_RETENTION_DAYS,
  USAGE_DIMENSIONS,
  UsageCountedV1,
  userV1,
  type edgeEventsV1,
} from '@viernes/contracts';
import { RowCleanups } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { newCaller, runAs } from '@viernes/platform/testing';
import { eventually, TestEventPublisher } from '@viernes/testing';
import { createApiKey, PASSWORD, signUp, startUser, type TestAccount, type TestUser } from '../testing/test-user.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The topic contains the calls of other tests and of earlier runs, which have other hours. */
const START_MS = Date.UTC(2100, 0) + randomInt(1_000_000) * DAY_MS;
const END_MS = START_MS + 2 * DAY_MS;

const { UsageInterval, UsageOrder } = userV1;
type Dimension = (typeof USAGE_DIMENSIONS)[number];

describe('usage', () => {
  let user: TestUser;
  let edge: TestEventPublisher;
  let ada: TestAccount;

  beforeAll(async () => {
    [user, edge] = await Promise.all([startUser(), TestEventPublisher.connect()]);
  });
  afterAll(async () => {
    await edge?.close();
    await user?.stop();
  });
  beforeEach(async () => {
    await user.database.query('DELETE FROM usage_hour');
    ada = await signUp(user);
  });

  const newUsage = (changes: Partial<edgeEventsV1.UsageCounted_Usage> = {}): edgeEventsV1.UsageCounted_Usage => ({
    hourAt: new Date(START_MS).toISOString(),
    accountId: ada.accountId,
    apiKeyId: undefined,
    operation: 'getTitle',
    status: 200,
    calls: 1,
    responseBytes: 1_000,
    durations: { [toDurationBucket(8)]: 1 },
    ...changes,
  });
  const publish = (usages: edgeEventsV1.UsageCounted_Usage[], id?: string, edgeId: string = randomUUID()) =>
    edge.publish(UsageCountedV1, { edgeId, usages }, id);
  const countAll = async (): Promise<number> => {
    const [row] = await user.database.query<{ calls: string | null }>(
      'SELECT sum(calls) AS calls FROM usage_hour WHERE hour_at >= $1 AND hour_at < $2',
      [new Date(START_MS), new Date(END_MS)],
    );
    return Number(row?.calls);
  };
  const waitForCalls = (calls: number) => eventually(async () => expect(await countAll()).toBe(calls));
  const report = (
    dimensions: readonly Dimension[] = [],
    changes: Partial<userV1.ListUsageRequest> = {},
    caller: Caller = { ...newCaller('admin'), profileId: randomUUID() },
  ): Promise<userV1.ListUsageResponse> =>
    runAs(caller, () =>
      user.client.listUsage({
        from: new Date(START_MS).toISOString(),
        to: new Date(START_MS + DAY_MS).toISOString(),
        interval: UsageInterval.USAGE_INTERVAL_TOTAL,
        dimensions: dimensions.map((dimension) => USAGE_DIMENSIONS.indexOf(dimension) + 1),
        order: UsageOrder.USAGE_ORDER_TIME,
        ...{ accountId: undefined, apiKeyId: undefined, operation: undefined, pageSize: 0, cursor: '' },
        ...changes,
      }),
    );

  it('adds up the events of all edges, and counts each event once', async () => {
    const id = randomUUID();
    const usages = [newUsage({ calls: 2, durations: { 1: 1, 2: 1 } }), newUsage({ status: 500 })];
    await publish(usages, id, 'edge-1');
    await publish(usages, id, 'edge-1');
    await publish(
      [newUsage({ calls: 3, durations: { 2: 3 } }), newUsage({ accountId: undefined })],
      undefined,
      'edge-1',
    );
    await publish([newUsage({ operation: 'listTitles' })]);
    await waitForCalls(8);
    const rows = await user.database.query(
      `SELECT account_id, operation, status, calls, response_bytes, durations FROM usage_hour
       WHERE hour_at >= $1 AND hour_at < $2
       ORDER BY account_id, operation, status`,
      [new Date(START_MS), new Date(END_MS)],
    );
    const durations = { [toDurationBucket(8)]: 1 };
    const own = { account_id: ada.accountId, response_bytes: '1000', durations };
    expect(rows).toEqual([
      { ...own, operation: 'getTitle', status: 200, calls: '5', response_bytes: '2000', durations: { 1: 1, 2: 4 } },
      { ...own, operation: 'getTitle', status: 500, calls: '1' },
      { ...own, operation: 'listTitles', status: 200, calls: '1' },
      { ...own, account_id: null, operation: 'getTitle', status: 200, calls: '1' },
    ]);
  });

  it('stores usage without the account if the account does not exist', async () => {
    const unknown = { accountId: randomUUID(), apiKeyId: randomUUID() };
    await publish([newUsage(unknown), newUsage({ ...unknown, apiKeyId: randomUUID() }), newUsage()]);
    await waitForCalls(3);
    const { rows } = await report(['account', 'apiKey']);
    expect(rows.map(({ accountId, apiKeyId, calls }) => ({ accountId, apiKeyId, calls }))).toEqual([
      { accountId: undefined, apiKeyId: undefined, calls: 2 },
      { accountId: ada.accountId, apiKeyId: undefined, calls: 1 },
    ]);
  });

  it('adds usage exactly once if several edges count the same callers concurrently', async () => {
    const events = Array.from({ length: 60 }, (_, index) => `edge-${index % 6}`);
    const operations = Array.from({ length: 20 }, (_, index) => `operation${index}`);
    await Promise.all(
      events.map((edgeId, index) => {
        const usages = operations.map((operation) => newUsage({ operation }));
        return publish(index % 2 ? usages : usages.toReversed(), undefined, edgeId);
      }),
    );
    await waitForCalls(60 * 20);
    const { rows } = await report(['operation']);
    expect(rows.map(({ calls }) => calls)).toEqual(operations.map(() => 60));
  });

  it('reports calls, errors, bytes and percentiles of the requested dimensions', async () => {
    await publish([
      newUsage({ calls: 90, durations: { [toDurationBucket(8)]: 90 } }),
      newUsage({ calls: 9, status: 404, durations: { [toDurationBucket(100)]: 9 } }),
      newUsage({ calls: 1, status: 503, durations: { [toDurationBucket(5_000)]: 1 } }),
      newUsage({ operation: 'watchAsset', calls: 1, durations: {} }),
    ]);
    await waitForCalls(101);
    const { rows } = await report(['operation']);
    expect(rows).toMatchObject([
      { operation: 'getTitle', calls: 100, clientErrors: 9, serverErrors: 1, responseBytes: 3_000 },
      { operation: 'watchAsset', calls: 1 },
    ]);
    for (const name of ['status', 'accountId', 'email'] as const) expect(rows[0]?.[name]).toBeUndefined();
    for (const name of ['p50Ms', 'p95Ms', 'p99Ms'] as const) expect(rows[1]?.[name]).toBeUndefined();
    const { p50Ms = 0, p95Ms = 0, p99Ms = 0 } = rows[0] ?? {};
    const toRatios = [p50Ms / 8, p95Ms / 100, p99Ms / 100];
    for (const ratio of toRatios) expect(Math.abs(Math.log2(ratio))).toBeLessThanOrEqual(0.25);
  });

  it('reports usage per hour and per day', async () => {
    await publish([0, 1, 25].map((hours) => newUsage({ hourAt: new Date(START_MS + hours * HOUR_MS).toISOString() })));
    await waitForCalls(3);
    const to = new Date(START_MS + 2 * DAY_MS).toISOString();
    const listHours = async (interval: userV1.UsageInterval, changes: Partial<userV1.ListUsageRequest> = {}) =>
      (await report([], { interval, to, ...changes })).rows.map(({ startsAt = '', calls }) => [
        (Date.parse(startsAt) - START_MS) / HOUR_MS,
        calls,
      ]);
    expect(await listHours(UsageInterval.USAGE_INTERVAL_HOUR)).toEqual([
      [0, 1],
      [1, 1],
      [25, 1],
    ]);
    expect(await listHours(UsageInterval.USAGE_INTERVAL_DAY)).toEqual([
      [0, 2],
      [24, 1],
    ]);
    const from = new Date(START_MS + HOUR_MS).toISOString();
    expect(await listHours(UsageInterval.USAGE_INTERVAL_TOTAL, { from })).toEqual([[1, 2]]);
  });

  it('reports own calls to accounts, and all calls with their emails to admins', async () => {
    const bob = await signUp(user);
    await publish([newUsage(), newUsage({ accountId: bob.accountId, calls: 2 }), newUsage({ accountId: undefined })]);
    await waitForCalls(4);
    const own = { ...newCaller(), accountId: ada.accountId, profileId: ada.profileId };
    const { rows } = await report(['account'], {}, own);
    expect(rows).toMatchObject([{ accountId: ada.accountId, calls: 1 }]);
    expect(rows[0]?.email).toBeUndefined();
    await expect(report([], { accountId: bob.accountId }, own)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await report([], { accountId: ada.accountId }, own)).rows).toMatchObject([{ calls: 1 }]);
    const all = await report(['account'], { order: UsageOrder.USAGE_ORDER_CALLS });
    expect(all.rows.map(({ calls }) => calls)).toEqual([2, 1, 1]);
    expect(all.rows[0]).toMatchObject({ accountId: bob.accountId, email: bob.email, plan: 'account' });
    expect((await report([], { accountId: bob.accountId })).rows).toMatchObject([{ calls: 2 }]);
  });

  it('reports the names of API keys that are not revoked', async () => {
    const { apiKey } = await createApiKey(user, ada);
    const { apiKey: revoked } = await createApiKey(user, ada);
    await ada.run(() => user.client.revokeApiKey({ apiKeyId: revoked.id }));
    await publish([newUsage({ apiKeyId: apiKey.id, calls: 2 }), newUsage({ apiKeyId: revoked.id }), newUsage()]);
    await waitForCalls(4);
    const { rows } = await report(['apiKey'], { order: UsageOrder.USAGE_ORDER_CALLS });
    expect(rows[0]).toMatchObject({ apiKeyId: apiKey.id, apiKeyName: 'CI', apiKeyPrefix: apiKey.prefix, calls: 2 });
    expect(rows).toHaveLength(3);
    const revokedRow = rows.find(({ apiKeyId }) => apiKeyId === revoked.id);
    expect([revokedRow?.calls, revokedRow?.apiKeyName]).toEqual([1, undefined]);
    expect((await report([], { apiKeyId: apiKey.id })).rows).toMatchObject([{ calls: 2 }]);
    expect((await report([], { operation: 'listTitles' })).rows).toEqual([]);
  });

  it.each([UsageOrder.USAGE_ORDER_TIME, UsageOrder.USAGE_ORDER_CALLS])(
    'returns each row on one page, in order %s',
    async (order) => {
      const usages = Array.from({ length: 7 }, (_, index) => [
        newUsage({ operation: `operation${index}`, calls: 1 + (index % 3) }),
        newUsage({ operation: `operation${index}`, hourAt: new Date(START_MS + HOUR_MS).toISOString() }),
      ]).flat();
      await publish(usages);
      await waitForCalls(usages.reduce((sum, { calls }) => sum + calls, 0));
      const query = { order, interval: UsageInterval.USAGE_INTERVAL_HOUR };
      const { rows: all } = await report(['operation', 'status', 'account'], query);
      expect(all).toHaveLength(14);
      const paged: userV1.UsageRow[] = [];
      let cursor = '';
      do {
        const page = await report(['operation', 'status', 'account'], { ...query, pageSize: 4, cursor });
        paged.push(...page.rows);
        cursor = page.nextCursor;
      } while (cursor !== '');
      expect(paged).toEqual(all);
    },
  );

  it('rejects cursors and periods that are not valid', async () => {
    for (const cursor of ['x', Buffer.from('["",1,""]').toString('base64url')])
      await expect(report([], { cursor })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    const fieldErrors = [{ path: 'to', reason: 'usagePeriod', values: { days: USAGE_RETENTION_DAYS } }];
    for (const days of [0, -1, USAGE_RETENTION_DAYS + 1])
      await expect(report([], { to: new Date(START_MS + days * DAY_MS).toISOString() })).rejects.toMatchObject({
        ...{ code: 'REQUEST_INVALID', fieldErrors },
      });
  });

  it('keeps the usage of a deleted account in the sums, without the account', async () => {
    const bob = await signUp(user);
    await publish([newUsage({ calls: 2 }), newUsage({ accountId: undefined }), newUsage({ accountId: bob.accountId })]);
    await waitForCalls(4);
    await ada.run(() => user.client.deleteAccount({ password: PASSWORD }));
    for (const event of [AccountChangesAnonymizedV1, AccountDataDeletedV1])
      await edge.publish(event, { accountId: ada.accountId });
    await eventually(async () => {
      const { rows } = await report(['account'], { order: UsageOrder.USAGE_ORDER_CALLS });
      expect(rows.map(({ accountId, calls }) => [accountId, calls])).toEqual([
        [undefined, 3],
        [bob.accountId, 1],
      ]);
    });
  });

  it(`deletes usage after ${USAGE_RETENTION_DAYS} days`, async () => {
    const old = new Date(
      Math.floor(Date.now() / HOUR_MS) * HOUR_MS - USAGE_RETENTION_DAYS * DAY_MS - HOUR_MS,
    ).toISOString();
    const operation = `operation${randomInt(1_000_000)}`;
    await publish([newUsage({ hourAt: old, operation }), newUsage({ operation })]);
    const countRows = async () =>
      (await user.database.query('SELECT 1 FROM usage_hour WHERE operation = $1', [operation])).length;
    await eventually(async () => (await countRows()) === 2);
    await user.get(RowCleanups).run();
    expect(await countRows()).toBe(1);
  });
});
