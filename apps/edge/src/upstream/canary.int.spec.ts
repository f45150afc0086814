import { randomUUID } from 'node:crypto';
import { catalogV1, CodedError, messagingV1 } from '@viernes/contracts';
import { ResponseCache } from '@viernes/gateway';
import { register } from 'prom-client';
import { FakeGrpcServer } from '../testing/fake-grpc-server.js';
import { titleMessage } from '../testing/messages.js';
import { RAISED_LIMIT } from '../testing/raised-limit.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const PATH = `/v1/titles/${randomUUID()}`;
const CALLER_COUNT = 1_000;

describe('a canary of catalog', () => {
  const accounts = Array.from(
    { length: CALLER_COUNT },
    (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  );
  let canary: FakeGrpcServer<catalogV1.CatalogServiceService & messagingV1.DeadLetterServiceService>;
  let edge: TestEdge;

  const startWith = async (percent: number, settings: Readonly<Record<string, string>> = {}): Promise<void> => {
    edge = await startEdge({
      ...RAISED_LIMIT,
      CATALOG_CANARY_ADDRESS: canary.target,
      CATALOG_CANARY_PERCENT: String(percent),
      CATALOG_CANARY_HEADER: 'true',
      ...settings,
    });
    respondWith('stable', edge.catalog);
    respondWith('canary', canary);
  };
  const respondWith = (name: string, { handlers }: TestEdge['catalog']): void => {
    handlers.getTitle = () => ({ title: titleMessage({ name }) });
    handlers.createTitle = () => ({ title: titleMessage({ name }) });
  };

  beforeEach(async () => {
    canary = new FakeGrpcServer({ ...catalogV1.CatalogServiceService, ...messagingV1.DeadLetterServiceService });
    await canary.start();
  });
  afterEach(async () => {
    await edge.stop();
    canary.stop();
  });

  /** @returns the name of the backend, or the status of an error */
  const get = async (token: string | null, choice?: string): Promise<string> => {
    const headers: Record<string, string> = choice === undefined ? {} : { 'viernes-canary': choice };
    const response = await edge.fetch(PATH, { token, headers });
    if (!response.ok) return String(response.status);
    return ((await response.json()) as { name: string }).name;
  };
  /** Lists the accounts whose requests the canary serves. */
  const listCanaryAccounts = async (): Promise<string[]> => {
    const selected: string[] = [];
    for (let start = 0; start < accounts.length; start += 50) {
      const group = accounts.slice(start, start + 50);
      const backends = await Promise.all(
        group.map(async (accountId) => get(await edge.issuer.sign({ accountId, role: 'editor' }))),
      );
      selected.push(...group.filter((_, index) => backends[index] === 'canary'));
    }
    return selected;
  };
  const countCalls = async (backend: string, code: string): Promise<number> => {
    const { values = [] } = (await register.getSingleMetric('grpc_client_calls_total')?.get()) ?? {};
    const found = values.find(
      ({ labels }) => labels['method'] === 'GetTitle' && labels['backend'] === backend && labels['code'] === code,
    );
    return found?.value ?? 0;
  };

  it('the canary serves its share of the accounts, always the same ones, and more with a higher percentage', async () => {
    await startWith(10);
    const selected = await listCanaryAccounts();
    expect(Math.abs(selected.length / CALLER_COUNT - 0.1)).toBeLessThan(0.03);
    expect(await listCanaryAccounts()).toEqual(selected);
    await edge.stop();
    await startWith(30);
    const more = await listCanaryAccounts();
    expect(more.length).toBeGreaterThan(selected.length);
    expect(more).toEqual(expect.arrayContaining(selected));
  });

  it('selects the canary by the header instead of the percentage', async () => {
    await startWith(100);
    const token = await edge.issuer.sign({ role: 'editor' });
    expect([await get(token), await get(token, 'never'), await get(token, 'always')]).toEqual([
      'canary',
      'stable',
      'canary',
    ]);
    expect(await get(token, 'sometimes')).toBe('400');
  });

  it('ignores the header of the canary if the setting disables it', async () => {
    await startWith(0, { CATALOG_CANARY_HEADER: 'false' });
    const token = await edge.issuer.sign({ role: 'editor' });
    expect([await get(token, 'always'), await get(token, 'sometimes')]).toEqual(['stable', 'stable']);
  });

  it('the canary does not serve anonymous callers that share responses, and never fills the cache', async () => {
    await startWith(100);
    expect(await get(null)).toBe('stable');
    edge.get(ResponseCache).clear();
    expect([await get(null, 'always'), await get(null), await get(null, 'always'), await get(null)]).toEqual([
      'canary',
      'stable',
      'canary',
      'stable',
    ]);
    const chosen = await edge.fetch(PATH, { token: null, headers: { 'viernes-canary': 'always' } });
    expect(chosen.headers.get('cache-control')).toBe('no-store');
  });

  it('selects the canary for anonymous callers by their IP address if responses are not shared', async () => {
    await startWith(100, { RESPONSE_CACHE_MAX_BYTES: '0' });
    expect(await get(null)).toBe('canary');
  });

  it('measures the canary separately', async () => {
    await startWith(100);
    const before = await Promise.all([countCalls('canary', 'OK'), countCalls('stable', 'OK')]);
    const token = await edge.issuer.sign({ role: 'editor' });
    for (const choice of ['always', 'always', 'never']) await get(token, choice);
    const after = await Promise.all([countCalls('canary', 'OK'), countCalls('stable', 'OK')]);
    expect(after).toEqual([(before[0] ?? 0) + 2, (before[1] ?? 0) + 1]);
  });

  describe('that is unavailable', () => {
    let attempts: number;
    const createTitle = async (): Promise<number> => {
      const json = { kind: 'film', name: 'Faust' };
      return (await edge.fetch('/v1/titles', { method: 'POST', json })).status;
    };
    const findState = async (method: string, backend: string): Promise<number | undefined> => {
      const { values = [] } = (await register.getSingleMetric('grpc_client_circuit_state')?.get()) ?? {};
      return values.find(({ labels }) => labels['method'] === method && labels['backend'] === backend)?.value;
    };

    beforeEach(async () => {
      await startWith(100);
      attempts = 0;
      const fail = (): never => {
        attempts += 1;
        throw new CodedError('DEPENDENCY_UNAVAILABLE');
      };
      canary.handlers = { getTitle: fail, createTitle: fail };
    });

    it('replaces an unavailable canary with the stable backend for reads, and counts the errors of the canary', async () => {
      const token = await edge.issuer.sign({ role: 'editor' });
      const before = await countCalls('canary', 'DEPENDENCY_UNAVAILABLE');
      expect(await get(token)).toBe('stable');
      expect(attempts).toBeGreaterThan(0);
      expect(await countCalls('canary', 'DEPENDENCY_UNAVAILABLE')).toBe(before + 1);
    });

    it('returns an error for writes that the canary could have executed, until its circuit breaker opens', async () => {
      expect(await createTitle()).toBe(503);
      const statuses = new Set<number>();
      while (!statuses.has(201)) statuses.add(await createTitle());
      const [before, state] = [attempts, await findState('CreateTitle', 'canary')];
      expect([state, await findState('CreateTitle', 'stable')]).toEqual([2, 0]);
      expect(await createTitle()).toBe(201);
      expect(attempts).toBe(before);
    });
  });
});
