import { startChildServer } from '../baseline/child-server.js';
import type { FastifyGrpcServerStart } from '../baseline/fastify-grpc-server.js';
import type { PgServerStart } from '../baseline/pg-server.js';
import { assertEqualBodies } from '../load/equal-bodies.js';
import { interleave, toRatios } from '../run/interleave.js';
import { toRow, type Row } from '../run/row.js';
import { median } from '../run/statistics.js';
import type { Sample, Side } from './sample-reads.js';

const TITLE = 'list of 20 titles, uncached';
const BASELINE = 'Fastify, grpc-js and pg only, in two processes';

export interface MinimalListOptions {
  readonly databaseUrl: string;
  readonly platform: Side;
  /** The plain NestJS server with policies. */
  readonly complete: Side;
  readonly rounds: number;
  readonly comparedPaths: readonly string[];
  readonly sample: (side: Side) => (round: number) => Promise<Sample>;
}

/**
 * Compares the list with two processes that have no policy, validation, deadline or framework: what any edge and
 * catalog on Fastify, grpc-js and pg need.
 */
export async function benchMinimalList(options: MinimalListOptions): Promise<readonly Row[]> {
  const { databaseUrl, platform, complete, rounds, comparedPaths, sample } = options;
  await using cleanup = new AsyncDisposableStack();
  const pgStart: PgServerStart = { databaseUrl };
  const catalog = await startChildServer('./pg-server.js', pgStart);
  cleanup.defer(catalog.stop);
  const edgeStart: FastifyGrpcServerStart = { catalogAddress: new URL(catalog.url).host };
  const edge = await startChildServer('./fastify-grpc-server.js', edgeStart);
  cleanup.defer(edge.stop);
  const minimal = { url: edge.url, pids: [edge.pid, catalog.pid] };
  await assertEqualBodies([platform.url, minimal.url], comparedPaths);
  const sides = { platform: sample(platform), minimal: sample(minimal), complete: sample(complete) };
  for (const warmUp of Object.values(sides)) await warmUp(rounds);
  const samples = await interleave(rounds, sides);
  const values = (side: keyof typeof sides, field: keyof Sample) => samples[side].map((one) => one[field]);
  const rates = {
    platform: values('platform', 'requestsPerSecond'),
    minimal: values('minimal', 'requestsPerSecond'),
    complete: values('complete', 'requestsPerSecond'),
  };
  const requestsPerSecond = median(rates.minimal);
  return [
    toRow(
      {
        id: 'reads.list-minimal',
        title: `${TITLE}, requests per second`,
        unit: 'x',
        baseline: BASELINE,
        details: { requestsPerSecond: median(rates.platform), baselineRequestsPerSecond: requestsPerSecond },
      },
      toRatios(rates.platform, rates.minimal),
    ),
    toRow(
      {
        id: 'reads.list-minimal-policies',
        title: `${TITLE}, ${BASELINE}, requests per second`,
        unit: 'x',
        baseline: 'plain NestJS server with policies',
        details: { requestsPerSecond, baselineRequestsPerSecond: median(rates.complete) },
      },
      toRatios(rates.minimal, rates.complete),
    ),
    toRow(
      {
        id: 'reads.list-minimal-cpu',
        title: `${TITLE}, ${BASELINE}, CPU time per request`,
        unit: 'ms',
        baseline: 'none',
        details: { platformMs: median(values('platform', 'nodeMs')) },
      },
      values('minimal', 'nodeMs'),
    ),
  ];
}
