import { randomUUID } from 'node:crypto';
import { CodedError } from '@viernes/contracts';
import { connectValkey, RateLimits, type Valkey } from '@viernes/gateway';
import { createLogger } from '@viernes/platform';
import { backing, eventually, TcpProxy } from '@viernes/testing';
import { fromRandomAddress, NAMED_ADDRESSES } from '../testing/client-address.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';
import { titlePageMessage } from '../testing/messages.js';

const POINTS = 1_000;
const LEASE = POINTS / 100;
const LIMITS = { general: { points: POINTS, windowSeconds: 60 }, 'sign-in': { points: 10, windowSeconds: 60 } };

describe('rate-limit leases', () => {
  const open: Valkey[] = [];
  const connect = async (url = new URL('/1', backing().valkeyUrl).href): Promise<Valkey> => {
    const valkey = await connectValkey(url, createLogger('test', 'fatal'));
    open.push(valkey);
    return valkey;
  };
  const createLimits = async (): Promise<RateLimits<keyof typeof LIMITS>> => new RateLimits(await connect(), LIMITS);
  const isAdmitted = async (limits: RateLimits<keyof typeof LIMITS>, name: keyof typeof LIMITS, key: string) => {
    try {
      await limits.consume(name, key);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(CodedError);
      expect(error).toMatchObject({ code: 'RATE_LIMITED', details: { limit: name } });
      return false;
    }
  };
  afterEach(() => {
    for (const valkey of open.splice(0)) valkey.disconnect();
  });

  it('share one limit between processes, of which each can reserve at most its lease', async () => {
    const key = randomUUID();
    const processes = await Promise.all([createLimits(), createLimits()]);
    let admitted = 0;
    for (let request = 0; request < POINTS * 1.5; request += 1) {
      const [first, second] = processes;
      // Uneven, because a balancer does not alternate either.
      if (await isAdmitted(request % 3 === 0 ? first : second, 'general', key)) admitted += 1;
    }
    expect(admitted).toBe(POINTS);
  });

  it('admit the rest of the quota elsewhere, except for the lease of a process that is gone', async () => {
    const key = randomUUID();
    await isAdmitted(await createLimits(), 'general', key);
    const limits = await createLimits();
    const results = await Promise.all(Array.from({ length: POINTS + 1 }, () => isAdmitted(limits, 'general', key)));
    expect(results.filter(Boolean)).toHaveLength(POINTS - LEASE);
  });

  it('take one call of Valkey for many requests, and small limits one for each', async () => {
    const valkey = await connect();
    const limits = new RateLimits(valkey, LIMITS);
    const countCalls = async (): Promise<number> => {
      const [, calls = '0'] = /cmdstat_evalsha:calls=(\d+)/.exec(await valkey.info('commandstats')) ?? [];
      return Number(calls);
    };
    const key = randomUUID();
    for (let request = 0; request < LEASE / 2; request += 1) await limits.consume('general', key);
    expect(limits.consume('general', key)).not.toBeInstanceOf(Promise);
    expect(limits.consume('sign-in', key)).toBeInstanceOf(Promise);
    await eventually(async () => (await countCalls()) > 0);
    const results = [];
    for (let request = 0; request < 12; request += 1) results.push(await isAdmitted(limits, 'sign-in', key));
    expect(results.filter(Boolean)).toHaveLength(9);
  });

  it('counts requests per process while Valkey is unavailable', async () => {
    const { hostname, port } = new URL(backing().valkeyUrl);
    const proxy = await TcpProxy.reserve(hostname, Number(port));
    await proxy.open();
    const limits = new RateLimits(await connect(`redis://127.0.0.1:${proxy.port}/1`), LIMITS);
    const key = randomUUID();
    await limits.consume('general', key);
    await proxy.close();
    const results = [];
    for (let request = 0; request < POINTS * 1.2; request += 1) results.push(await isAdmitted(limits, 'general', key));
    // The first lease was counted in Valkey, everything else in memory.
    expect(results.filter(Boolean).length).toBeGreaterThanOrEqual(POINTS - 1);
    expect(results.filter(Boolean).length).toBeLessThanOrEqual(POINTS + LEASE);
    expect(results.at(-1)).toBe(false);
  });

  describe('at the edge', () => {
    let edge: TestEdge;
    beforeAll(async () => {
      edge = await startEdge({ ...NAMED_ADDRESSES, RATE_LIMIT_GENERAL_PER_MINUTE: '200' });
      edge.catalog.handlers = { listTitles: () => titlePageMessage() };
    });
    afterAll(() => edge.stop());

    it('return the remaining quota, and 429 with Retry-After above the limit', async () => {
      const headers = fromRandomAddress();
      const responses: Response[] = [];
      for (let request = 0; request < 205; request += 1) {
        responses.push(await edge.fetch('/v1/titles', { token: null, headers }));
      }
      expect(responses.map(({ status }) => status)).toEqual([...Array(200).fill(200), ...Array(5).fill(429)]);
      expect(responses[0]?.headers.get('ratelimit-policy')).toBe('"general";q=200;w=60');
      expect(responses[99]?.headers.get('ratelimit')).toMatch(/^"general";r=100;t=\d+$/);
      expect(Number(responses[204]?.headers.get('retry-after'))).toBeGreaterThan(0);
    });
  });
});
