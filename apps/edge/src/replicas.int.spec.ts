import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '@viernes/contracts';
import { fromRandomAddress, TRUST_FORWARDED_FOR } from './testing/client-address.js';
import { EdgeProcess } from './testing/edge-process.js';
import { titleMessage, titlePageMessage } from './testing/messages.js';
import { RAISED_LIMIT, toPlans } from './testing/raised-limit.js';
import { startEdge, type TestEdge } from './testing/start-edge.js';

const REPLICAS = 3;

/** Three edges in separate processes, as in production, with real Valkey. */
describe('three replicas of the edge', () => {
  // Provides the fake services.
  let services: TestEdge;
  const edges: EdgeProcess[] = [];

  const start = async (settings: Readonly<Record<string, string>>): Promise<void> => {
    const starting = Array.from({ length: REPLICAS }, () => EdgeProcess.start(services, settings));
    edges.push(...(await Promise.all(starting)));
  };
  const getTitle = async ({ port }: EdgeProcess): Promise<void> => {
    await (await fetch(`http://127.0.0.1:${port}/v1/titles/${randomUUID()}`)).arrayBuffer();
  };

  beforeAll(async () => {
    services = await startEdge();
  });
  afterEach(() => Promise.all(edges.splice(0).map((edge) => edge.kill())));
  afterAll(() => services.stop());

  it('three replicas admit the burst and the rate of one client together, with an error of at most 2 %', async () => {
    const plan = { rate: 20, burst: 600 };
    await start({ ...RAISED_LIMIT, ...TRUST_FORWARDED_FOR, PLANS: toPlans(plan) });
    services.catalog.handlers.listTitles = () => titlePageMessage();
    const headers = fromRandomAddress();
    const statuses = { admitted: 0, rejected: 0 };
    const startedAt = performance.now();
    const flood = async ({ port }: EdgeProcess): Promise<void> => {
      // Continues until the budget has been empty for a while, however fast the machine is.
      while (statuses.rejected < 1_000) {
        const response = await fetch(`http://127.0.0.1:${port}/v1/titles`, { headers });
        await response.arrayBuffer();
        expect([200, 429]).toContain(response.status);
        statuses[response.status === 200 ? 'admitted' : 'rejected'] += 1;
        // Otherwise, the replicas need all CPU time for rejections, and no longer read the responses of Valkey in time.
        await delay(20);
      }
    };
    await Promise.all(edges.flatMap((edge) => [flood(edge), flood(edge), flood(edge)]));
    const expected = plan.burst + (plan.rate * (performance.now() - startedAt)) / 1_000;
    const error = statuses.admitted / expected - 1;
    console.log(`admitted ${statuses.admitted} of ${Math.round(expected)} requests: ${(100 * error).toFixed(2)} %`);
    expect(Math.abs(error)).toBeLessThan(0.02);
  });

  it.each([
    { what: 'all calls', isFailing: () => true },
    { what: 'a third of the calls', isFailing: (attempt: number) => attempt % 3 === 0 },
  ])('three replicas send less than 1.2 attempts per request while $what fail', async ({ what, isFailing }) => {
    await start(RAISED_LIMIT);
    let attempts = 0;
    services.catalog.handlers.getTitle = ({ titleId }) => {
      attempts += 1;
      if (isFailing(attempts)) throw new CodedError('DEPENDENCY_UNAVAILABLE');
      return { title: titleMessage({ id: titleId }) };
    };
    const requests = 600 * REPLICAS;
    const send = async (edge: EdgeProcess): Promise<void> => {
      for (let request = 0; request < 30; request += 1) await getTitle(edge);
    };
    await Promise.all(edges.flatMap((edge) => Array.from({ length: 20 }, () => send(edge))));
    console.log(`${what} fail: ${(attempts / requests).toFixed(3)} attempts per request`);
    expect(attempts / requests).toBeLessThan(1.2);
  });
});
