import { randomUUID } from 'node:crypto';
import { toFieldErrors } from '@viernes/platform';
import { PROBE_RESULT } from '../testing/workflow.js';
import { CompleteJobRequest } from './transcode.requests.js';

/** Returns the paths of the invalid fields of a job result. */
function listInvalid(change: Partial<typeof PROBE_RESULT>): string[] {
  const result = { $case: 'probe', probe: { ...PROBE_RESULT, ...change } };
  const { error } = CompleteJobRequest.safeParse({ jobId: randomUUID(), leaseToken: randomUUID(), result });
  return error ? toFieldErrors(error.issues).map(({ path }) => path) : [];
}

describe('CompleteJobRequest', () => {
  it.each([
    { durationMs: 100 },
    { durationMs: 14_400_000 },
    { width: 4096, height: 512 },
    { width: 16, height: 128 },
    { frameRateNumerator: 240 },
    { frameRateNumerator: 240_000, frameRateDenominator: 1000 },
  ])('accepts a probe result exactly at the limits of a source: %j', (change) => {
    expect(listInvalid(change)).toEqual([]);
  });

  it.each([
    [{ durationMs: 99 }, 'result.probe.durationMs'],
    [{ durationMs: 14_400_001 }, 'result.probe.durationMs'],
    [{ width: 4097 }, 'result.probe.width'],
    [{ height: 15 }, 'result.probe.height'],
    [{ width: 4096, height: 511 }, 'result.probe'],
    [{ width: 16, height: 129 }, 'result.probe'],
    [{ frameRateNumerator: 241 }, 'result.probe'],
    [{ frameRateNumerator: 2_147_483_647, frameRateDenominator: 2 }, 'result.probe'],
    [{ frameRateDenominator: 0 }, 'result.probe.frameRateDenominator'],
  ])('rejects a probe result outside of the limits of a source: %j', (change, path) => {
    expect(listInvalid(change)).toContain(path);
  });
});
