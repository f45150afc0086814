import { toRequest } from '../load/http-connection.js';
import type { BenchContext } from '../run/bench.js';
import { interleave } from '../run/interleave.js';
import type { Row } from '../run/row.js';
import { createApiKeys } from './credentials.js';
import { ALL_POLICIES, type GatewayStart } from './policies.js';
import { measureCost, startGateway, toCostRows } from './policy-costs.js';

/** Compares 10,000 with 100 API keys, each of a separate account. The edge caches, leases and counts per key or account. */
export async function measureApiKeys({ options, onStep }: BenchContext, start: GatewayStart): Promise<readonly Row[]> {
  const server = await startGateway({ ...start, policies: ALL_POLICIES });
  try {
    const url = new URL(server.url);
    const load = (keys: number) => {
      const headers = createApiKeys(keys).map((key) => ({ authorization: `Bearer ${key}` }));
      const requests = headers.map((keyHeaders) => toRequest(url, '/v1/items', { headers: keyHeaders }));
      return () => measureCost(server, requests, options.sliceSeconds);
    };
    const [many, few] = [load(10_000), load(100)];
    onStep('10,000 API keys next to 100');
    await many();
    await few();
    const costs = await interleave(options.rounds, { many, few });
    const title = '10,000 API keys of different accounts';
    const target = { is: 'at least', value: 0.9 } as const;
    return toCostRows({ id: 'gateway.keys', title, baseline: '100 API keys', target }, costs.many, costs.few);
  } finally {
    await server.stop();
  }
}
