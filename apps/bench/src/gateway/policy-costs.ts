import { startChildServer, type ChildServer } from '../baseline/child-server.js';
import { toRequest } from '../load/http-connection.js';
import { runWrk } from '../load/wrk.js';
import { meterCpu } from '../processes/cpu-meter.js';
import type { BenchContext } from '../run/bench.js';
import { interleave, toRatios } from '../run/interleave.js';
import { toRow, type Row, type RowText } from '../run/row.js';
import { median } from '../run/statistics.js';
import type { Comparison, Side } from './comparisons.js';
import { NO_POLICIES, type GatewayStart } from './policies.js';

/** One sample of a server. */
export interface Cost {
  readonly requestsPerSecond: number;
  readonly cpuMicrosecondsPerRequest: number;
}

export function startGateway(start: GatewayStart): Promise<ChildServer> {
  return startChildServer('../gateway/gateway-server.js', start);
}

/** Measures each policy next to the same request without it, in separate processes. */
export async function measurePolicyCosts(
  { options, onStep }: BenchContext,
  start: GatewayStart,
  comparisons: readonly Comparison[],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { id, title, baseline, on, off } of comparisons) {
    onStep(title);
    const startSide = ({ policies }: Side) => startGateway({ ...start, policies: { ...NO_POLICIES, ...policies } });
    const servers = await Promise.all([startSide(on), startSide(off)]);
    try {
      const load = (server: ChildServer, { path = '/v1/items', headers = {}, body }: Side) => {
        const request = toRequest(new URL(server.url), path, { headers, ...(body && { body }) });
        return () => measureCost(server, [request], options.sliceSeconds);
      };
      const [loadOn, loadOff] = [load(servers[0], on), load(servers[1], off)];
      await loadOn();
      await loadOff();
      const costs = await interleave(options.rounds, { on: loadOn, off: loadOff });
      rows.push(...toCostRows({ id: `gateway.${id}`, title, baseline }, costs.on, costs.off));
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  }
  return rows;
}

export async function measureCost(server: ChildServer, requests: readonly string[], seconds: number): Promise<Cost> {
  const load = () => runWrk({ url: server.url, requests, seconds });
  const { result, cpuSeconds } = await meterCpu({ server: () => [server.pid] }, load);
  const { requestsPerSecond } = result;
  return { requestsPerSecond, cpuMicrosecondsPerRequest: (1e6 * cpuSeconds.server) / result.requests };
}

/** Returns the ratios of the throughput and of the CPU time. A target applies to the throughput. */
export function toCostRows(
  { id, title, baseline, target }: Omit<RowText, 'unit'>,
  on: readonly Cost[],
  off: readonly Cost[],
): readonly Row[] {
  const toRatioRow = (text: Pick<RowText, 'id' | 'title' | 'target'>, name: keyof Cost): Row => {
    const [values, without] = [on.map((cost) => cost[name]), off.map((cost) => cost[name])];
    const details = { [name]: median(values), [`${name}Without`]: median(without) };
    return toRow({ ...text, unit: 'x', baseline, details }, toRatios(values, without));
  };
  return [
    toRatioRow({ id, title: `${title}: requests per second`, ...(target && { target }) }, 'requestsPerSecond'),
    toRatioRow({ id: `${id}-cpu`, title: `${title}: CPU time per request` }, 'cpuMicrosecondsPerRequest'),
  ];
}
