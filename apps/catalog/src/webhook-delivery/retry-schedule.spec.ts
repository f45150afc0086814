import { decideNextStep } from './retry-schedule.js';

const failed = { status: 500, error: 'status', durationMs: 5 } as const;

describe('decideNextStep', () => {
  it('returns delivered for a successful attempt', () => {
    expect(decideNextStep({ status: 204, durationMs: 5 }, 3)).toEqual({ state: 'delivered' });
  });

  it('retries a delivery seven times with increasing delays, whose maximums total 24 to 25 hours', () => {
    const steps = [1, 2, 3, 4, 5, 6, 7].map((attempt) => decideNextStep(failed, attempt, () => 1));
    const delaysMs = steps.map((step) => (step.state === 'pending' ? step.delayMs : 0));
    expect(delaysMs.toSorted((a, b) => a - b)).toEqual(delaysMs);
    const hours = delaysMs.reduce((sum, delayMs) => sum + delayMs) / 3_600_000;
    expect(hours).toBeGreaterThan(24);
    expect(hours).toBeLessThan(25);
  });

  it('parks the delivery after the eighth attempt', () => {
    expect(decideNextStep(failed, 8)).toEqual({ state: 'failed', isGone: false });
  });

  it('spreads the retries over the second half of the delay', () => {
    const delays = [0, 0.5, 1].map((random) => decideNextStep({ ...failed, error: 'timeout' }, 1, () => random));
    expect(delays).toMatchObject([{ delayMs: 5_000 }, { delayMs: 7_500 }, { delayMs: 10_000 }]);
  });

  it('does not retry a delivery after the status 410', () => {
    expect(decideNextStep({ ...failed, status: 410 }, 1)).toEqual({ state: 'failed', isGone: true });
  });
});
