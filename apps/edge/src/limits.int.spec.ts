import { randomUUID } from 'node:crypto';
import { CodedError } from '@viernes/contracts';
import { connectValkey } from '@viernes/gateway';
import { createLogger } from '@viernes/platform';
import { backing, TcpProxy } from '@viernes/testing';
import { fromRandomAddress, TRUST_FORWARDED_FOR } from './testing/client-address.js';
import { startEdge, type TestEdge } from './testing/start-edge.js';
import { titlePageMessage } from './testing/messages.js';
import { toPlans } from './testing/raised-limit.js';

const SETTINGS = {
  PLANS: toPlans({ rate: 0.01, burst: 20 }),
  RATE_LIMIT_SIGN_IN_PER_MINUTE: '3',
  RATE_LIMIT_SIGN_IN_PER_IP_PER_MINUTE: '6',
  RATE_LIMIT_SIGN_UP_PER_IP_PER_MINUTE: '2',
  ...TRUST_FORWARDED_FOR,
};

describe('rate limits', () => {
  let edge: TestEdge;
  let valkey: TcpProxy;

  beforeAll(async () => {
    const { hostname, port } = new URL(backing().valkeyUrl);
    valkey = await TcpProxy.reserve(hostname, Number(port));
    await valkey.open();
    edge = await startEdge({ ...SETTINGS, VALKEY_URL: `redis://127.0.0.1:${valkey.port}/1` });
    edge.catalog.handlers = { listTitles: () => titlePageMessage() };
    edge.user.handlers.listProfiles = () => ({ profiles: [] });
    edge.user.handlers.createSession = () => {
      throw new CodedError('CREDENTIALS_WRONG');
    };
    edge.user.handlers.createAccount = () => {
      throw new CodedError('EMAIL_TAKEN');
    };
  });
  afterAll(async () => {
    await edge.stop();
    await valkey.close();
  });

  const signIn = async (headers: Record<string, string>, email: string, on = edge): Promise<number> => {
    const json = { email, password: 'wrong password' };
    return (await on.fetch('/v1/sessions', { method: 'POST', token: null, headers, json })).status;
  };
  const times = (count: number, work: () => Promise<number>): Promise<number[]> =>
    Array.from({ length: count }).reduce<Promise<number[]>>(
      async (done) => [...(await done), await work()],
      Promise.resolve([]),
    );

  it('limits sign-ins per IP address and email, ignoring case and whitespace', async () => {
    const headers = fromRandomAddress();
    expect(await times(3, () => signIn(headers, 'ada@viernes.test'))).toEqual([401, 401, 401]);
    expect(await signIn(headers, ' ADA@viernes.test ')).toBe(429);
    expect(await signIn(headers, 'bob@viernes.test')).toBe(401);
    expect(await signIn(fromRandomAddress(), 'ada@viernes.test')).toBe(401);
  });

  it('stores no emails in Valkey', async () => {
    const headers = fromRandomAddress();
    await signIn(headers, 'ada@viernes.test');
    const valkey = await connectValkey(new URL('/1', backing().valkeyUrl).href, createLogger('test', 'fatal'));
    const keys = await valkey.keys(`*:sign-in:${headers['x-forwarded-for']}*`);
    valkey.disconnect();
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toContain('ada@viernes.test');
  });

  it('limits sign-ins per IP address', async () => {
    const headers = fromRandomAddress();
    let number = 0;
    const statuses = await times(7, () => signIn(headers, `${(number += 1)}@viernes.test`));
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429]);
  });

  it('limits sign-ins per /64 network for IPv6', async () => {
    const network = Array.from({ length: 3 }, () => Math.floor(Math.random() * 65_536).toString(16)).join(':');
    const signInFrom = (host: number) => signIn({ 'x-forwarded-for': `2001:${network}::${host}` }, 'ada@viernes.test');
    let host = 0;
    expect(await times(4, () => signInFrom((host += 1)))).toEqual([401, 401, 401, 429]);
  });

  it('limits sign-ups per IP address', async () => {
    const headers = fromRandomAddress();
    const json = { email: 'ada@viernes.test', password: 'long enough', profileName: 'Ada' };
    const signUp = async () =>
      (await edge.fetch('/v1/accounts', { method: 'POST', token: null, headers, json })).status;
    expect(await times(3, signUp)).toEqual([409, 409, 429]);
  });

  it('returns the remaining requests, and Retry-After if none remain', async () => {
    const headers = fromRandomAddress();
    const first = await edge.fetch('/v1/titles', { token: null, headers });
    expect(first.headers.get('ratelimit-policy')).toBe('"anonymous";q=20;w=2000');
    expect(first.headers.get('ratelimit')).toMatch(/^"anonymous";r=19;t=\d+$/);
    await times(19, async () => (await edge.fetch('/v1/titles', { token: null, headers })).status);
    const rejected = await edge.fetch('/v1/titles', { token: null, headers });
    expect(rejected.status).toBe(429);
    expect(Number(rejected.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await rejected.json()).toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('limits requests per account from any IP address, and requests with invalid tokens per IP address', async () => {
    const token = await edge.issuer.sign({ accountId: randomUUID() });
    const get = async (bearer: string, headers: Record<string, string>) =>
      (await edge.fetch('/v1/profiles', { token: bearer, headers })).status;
    const statuses = await times(21, () => get(token, fromRandomAddress()));
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);

    const headers = fromRandomAddress();
    expect((await times(21, () => get('guessed', headers))).at(-1)).toBe(429);
  });

  it('shares the counts of rate limits between processes', async () => {
    const other = await startEdge(SETTINGS);
    try {
      other.user.handlers.createSession = edge.user.handlers.createSession;
      const headers = fromRandomAddress();
      await times(3, () => signIn(headers, 'ada@viernes.test'));
      expect(await signIn(headers, 'ada@viernes.test', other)).toBe(429);
    } finally {
      await other.stop();
    }
  });

  it('limits requests per process while Valkey is unavailable', async () => {
    await valkey.close();
    const headers = fromRandomAddress();
    expect(await times(4, () => signIn(headers, 'ada@viernes.test'))).toEqual([401, 401, 401, 429]);
    expect((await edge.fetch('/v1/titles', { token: null, headers })).status).toBe(200);
    await valkey.open();
  });
});
