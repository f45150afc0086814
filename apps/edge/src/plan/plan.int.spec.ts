import { randomUUID } from 'node:crypto';
import { CodedError, userV1 } from '@viernes/contracts';
import { newApiKeySecret } from '../testing/api-key-secret.js';
import { fromRandomAddress, TRUST_FORWARDED_FOR } from '../testing/client-address.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';
import { titlePageMessage } from '../testing/messages.js';

const PLANS = JSON.stringify({
  anonymous: { rate: 0.01, burst: 20 },
  account: { rate: 0.01, burst: 50, callsPerMonth: 5 },
  partner: { rate: 0.01, burst: 100, callsPerMonth: 40, keyShare: 0.25 },
});

describe('plans', () => {
  let edge: TestEdge;
  const keys = new Map<string, userV1.VerifyApiKeyResponse>();

  beforeAll(async () => {
    edge = await startEdge({ ...TRUST_FORWARDED_FOR, PLANS });
    edge.catalog.handlers = { listTitles: () => titlePageMessage() };
    edge.user.handlers.listPasskeys = () => ({ passkeys: [] });
    edge.user.handlers.verifyApiKey = ({ secret }) => {
      const verified = keys.get(secret);
      if (!verified) throw new CodedError('UNAUTHENTICATED');
      return verified;
    };
  });
  afterAll(() => edge.stop());

  const createKey = (accountId: string): string => {
    const secret = newApiKeySecret();
    keys.set(secret, {
      ...{ accountId, secretId: randomUUID(), apiKeyId: randomUUID(), plan: 'partner' },
      ...{ role: userV1.Role.ROLE_VIEWER, scopes: ['catalog:read'], profileId: randomUUID() },
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    return secret;
  };
  const get = async (path: string, token: string | null, count = 1): Promise<Response[]> => {
    const responses: Response[] = [];
    for (let request = 0; request < count; request += 1)
      responses.push(await edge.fetch(path, { token, headers: fromRandomAddress() }));
    return responses;
  };
  const admitted = (responses: readonly Response[]): number => responses.filter(({ ok }) => ok).length;

  it('rejects requests until the month ends if the quota is used up, and still lets the owner manage the account', async () => {
    const token = await edge.issuer.sign();
    const responses = await get('/v1/titles', token, 7);
    expect(admitted(responses)).toBe(5);
    expect(responses[1]?.headers.get('ratelimit-policy')).toMatch(
      /^"account";q=50;w=5000, "account-month";q=5;w=2[4-6]\d{5}$/,
    );
    expect(responses[1]?.headers.get('ratelimit')).toMatch(/^"account";r=48;t=\d+, "account-month";r=3;t=\d+$/);
    const rejected = responses[6];
    expect([rejected?.status, ((await rejected?.json()) as { code: string }).code]).toEqual([429, 'QUOTA_EXCEEDED']);
    const now = new Date();
    const monthEndsAt = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
    const retryAt = now.getTime() + Number(rejected?.headers.get('retry-after')) * 1_000;
    expect(Math.abs(retryAt - monthEndsAt)).toBeLessThan(60_000);
    expect(rejected?.headers.get('ratelimit')).toMatch(/"account-month";r=0;/);
    expect(admitted(await get('/v1/account/passkeys', token))).toBe(1);
  });

  it('applies the plan that a token names, and the default for one that does not exist', async () => {
    const policyOf = async (plan: string) =>
      (await get('/v1/titles', await edge.issuer.sign({ plan })))[0]?.headers.get('ratelimit-policy');
    expect(await policyOf('partner')).toMatch(/^"partner";q=100;w=10000, "partner-month";q=40;/);
    expect(await policyOf('removed')).toMatch(/^"account";/);
  });

  it('limits each API key to its share, and all API keys to the plan of the account', async () => {
    const accountId = randomUUID();
    const first = await get('/v1/titles', createKey(accountId), 12);
    expect(admitted(first)).toBe(10);
    expect(first[0]?.headers.get('ratelimit')).toMatch(
      /^"partner-key";r=24;t=\d+, "partner-key-month";r=9;t=\d+, "partner";r=99;t=\d+, "partner-month";r=39;t=\d+$/,
    );
    for (let key = 0; key < 3; key += 1) expect(admitted(await get('/v1/titles', createKey(accountId), 11))).toBe(10);
    expect(admitted(await get('/v1/titles', createKey(accountId)))).toBe(0);
  });

  it('returns the limits and the remaining requests, without using the quota, to keys with any scope', async () => {
    const accountId = randomUUID();
    const secret = createKey(accountId);
    await get('/v1/titles', secret, 3);
    const [response] = await get('/v1/account/plan', secret, 1);
    expect(await response?.json()).toEqual({
      name: 'partner',
      monthEndsAt: expect.stringMatching(/-01T00:00:00\.000Z$/),
      budgets: [
        { name: 'partner', rate: 0.01, burst: 100, callsPerMonth: 40, remaining: 96, remainingCalls: 37 },
        { name: 'partner-key', rate: 0.0025, burst: 25, callsPerMonth: 10, remaining: 21, remainingCalls: 7 },
      ],
    });
  });

  it('counts cached responses, and counts requests with invalid tokens in the plan of the IP address', async () => {
    const headers = fromRandomAddress();
    const send = async (token: string | null) => (await edge.fetch('/v1/titles', { token, headers })).status;
    for (let request = 0; request < 10; request += 1) expect(await send(null)).toBe(200);
    for (let request = 0; request < 10; request += 1) expect(await send('guessed')).toBe(401);
    expect([await send('guessed'), await send(null)]).toEqual([429, 429]);
  });

  it('lets admins assign plans', async () => {
    const admin = await edge.issuer.sign({ role: 'admin', plan: 'partner' });
    const id = randomUUID();
    edge.user.handlers.changePlan = ({ accountId, plan }) => ({
      account: {
        ...{ id: accountId, email: 'ada@viernes.test', role: userV1.Role.ROLE_VIEWER, language: 'en', plan },
        createdAt: new Date().toISOString(),
      },
    });
    const listed = await edge.fetch('/v1/plans', { token: admin });
    const { plans } = (await listed.json()) as { plans: { name: string }[] };
    expect(plans.map(({ name }) => name)).toEqual(['account', 'partner']);
    const put = (plan: string) =>
      edge.fetch(`/v1/accounts/${id}/plan`, { method: 'PUT', token: admin, json: { plan } });
    expect(await (await put('partner')).json()).toMatchObject({ id, plan: 'partner' });
    for (const unknown of ['anonymous', 'gold']) {
      const rejected = await put(unknown);
      expect(rejected.status).toBe(400);
      expect(await rejected.text()).toContain('must be one of account, partner');
    }
  });
});
