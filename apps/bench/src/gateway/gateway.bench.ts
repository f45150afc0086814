import type { Bench, BenchContext } from '../run/bench.js';
import type { Row } from '../run/row.js';
import { measureApiKeys } from './api-keys.js';
import { listComparisons } from './comparisons.js';
import { createAccessToken } from './credentials.js';
import { NO_POLICIES } from './policies.js';
import { measurePolicyCosts } from './policy-costs.js';
import { measurePriorities } from './priorities.js';

export const gateway: Bench = {
  name: 'gateway',
  summary: 'the cost of each policy, playback during overload, 100 and 10,000 API keys',
  run: benchGateway,
};

async function benchGateway(context: BenchContext): Promise<readonly Row[]> {
  const { jwksJson, token } = createAccessToken();
  const start = { policies: NO_POLICIES, valkeyUrl: context.platform.valkeyUrl, jwksJson, upstreamMs: 0 };
  return [
    ...(await measurePriorities(context, start)),
    ...(await measureApiKeys(context, start)),
    ...(await measurePolicyCosts(context, start, listComparisons(token))),
  ];
}
