import { setTimeout as sleep } from 'node:timers/promises';
import { runConstantLoad, type ConstantLoadResult } from '../load/constant-load.js';
import { toRequest } from '../load/http-connection.js';
import type { BenchContext } from '../run/bench.js';
import { interleave, toRatios } from '../run/interleave.js';
import { toRow, type Row } from '../run/row.js';
import { median } from '../run/statistics.js';
import { UPSTREAM_SLOTS, type GatewayStart } from './policies.js';
import { startGateway } from './policy-costs.js';

/** An upstream with a fixed capacity of 200 calls per second, so that the load generator needs little CPU time. */
const UPSTREAM_MS = 20;
const CAPACITY = (1_000 / UPSTREAM_MS) * UPSTREAM_SLOTS;
const PLAYBACK_SHARE = 0.25;
const OVERLOAD_FACTOR = 3;
/** Lets the queues of an overload drain before the next sample. */
const RECOVERY_MS = 1_000;

/** Sends three times the capacity of an upstream, including playback that it can serve if there are no other requests. */
export async function measurePriorities(
  { options, onStep }: BenchContext,
  start: GatewayStart,
): Promise<readonly Row[]> {
  const server = await startGateway({ ...start, upstreamMs: UPSTREAM_MS });
  try {
    const load = (path: string, share: number): Promise<ConstantLoadResult> => {
      const requests = [toRequest(new URL(server.url), path)];
      const rate = { requestsPerSecond: share * CAPACITY, seconds: 2 * options.sliceSeconds };
      return runConstantLoad({ url: server.url, requests, offset: 0, ...rate });
    };
    const play = () => load('/v1/playback', PLAYBACK_SHARE);
    const overload = async () => {
      const browse = load('/v1/items', OVERLOAD_FACTOR - PLAYBACK_SHARE);
      const [playback, browsing] = await Promise.all([play(), browse]);
      await sleep(RECOVERY_MS);
      return { playback, browsing };
    };
    onStep(`${OVERLOAD_FACTOR} times the capacity of an upstream, next to playback alone`);
    // The limits of concurrent requests follow the latency only after some requests.
    await overload();
    return toRows(await interleave(options.rounds, { alone: play, overload }));
  } finally {
    await server.stop();
  }
}

interface Samples {
  readonly alone: readonly ConstantLoadResult[];
  readonly overload: readonly { readonly playback: ConstantLoadResult; readonly browsing: ConstantLoadResult }[];
}

/** @throws Error if a response was neither 200 nor 503 with Retry-After */
function toRows({ alone, overload }: Samples): readonly Row[] {
  const failures = [...alone, ...overload.flatMap(({ playback, browsing }) => [playback, browsing])].flatMap(
    (result) => [...result.failures.keys()],
  );
  if (failures.length > 0) throw new Error(`failed requests: ${failures.join(', ')}`);
  const goodput = overload.map(({ playback }) => playback.servedPerSecond);
  const alonePerSecond = alone.map(({ servedPerSecond }) => servedPerSecond);
  const browsing = overload.map((result) => result.browsing.servedPerSecond / CAPACITY);
  return [
    toRow(
      {
        id: 'gateway.playback',
        title: 'playback that is served at three times the capacity',
        unit: 'x',
        baseline: 'the same playback alone',
        target: { is: 'at least', value: 0.95 },
        details: { playbackPerSecond: median(goodput), alonePerSecond: median(alonePerSecond) },
      },
      toRatios(goodput, alonePerSecond),
    ),
    toRow(
      {
        id: 'gateway.browsing',
        title: 'browsing that is served at three times the capacity',
        unit: 'x',
        baseline: `capacity, of which playback needs ${PLAYBACK_SHARE}`,
        details: {
          rejectedPercent: median(overload.map((result) => (100 * result.browsing.rejected) / result.browsing.sent)),
        },
      },
      browsing,
    ),
  ];
}
