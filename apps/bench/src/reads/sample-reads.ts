import { runWrk, type WrkResult } from '../load/wrk.js';
import { meterCpu } from '../processes/cpu-meter.js';
import type { BenchOptions } from '../run/bench.js';

/** A server that is measured, and its processes. */
export interface Side {
  readonly url: string;
  readonly pids: readonly number[];
}

/** A sample of one side, with CPU time in milliseconds per request. */
export interface Sample extends WrkResult {
  readonly nodeMs: number;
  readonly postgresMs: number;
}

/** Returns a function that loads a server for one slice. All sides request the same paths in the same round. */
export function createSampler(
  { rounds, sliceSeconds }: BenchOptions,
  paths: readonly string[],
  listBackends: () => Promise<readonly number[]> | readonly number[],
): (side: Side) => (round: number) => Promise<Sample> {
  return ({ url, pids }) =>
    async (round) => {
      // Each round starts at another position, so that it requests other paths.
      const offset = Math.floor((paths.length * round) / (rounds + 1));
      const { result, cpuSeconds } = await meterCpu({ node: () => pids, postgres: listBackends }, () =>
        runWrk({ url, paths, offset, seconds: sliceSeconds }),
      );
      const perRequest = (seconds: number) => (seconds * 1000) / result.requests;
      return { ...result, nodeMs: perRequest(cpuSeconds.node), postgresMs: perRequest(cpuSeconds.postgres) };
    };
}
