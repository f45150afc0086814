import { runPeriodically } from './run-periodically.js';
import { sleep } from './sleep.js';

describe('runPeriodically', () => {
  const never = (): never => {
    throw new Error('must not be called');
  };

  it('runs immediately and again after each interval, until the signal aborts', async () => {
    const stopping = new AbortController();
    const startedAt: number[] = [];
    await runPeriodically({ intervalMs: 30, signal: stopping.signal, onError: never }, async () => {
      startedAt.push(Date.now());
      if (startedAt.length === 3) stopping.abort();
    });
    expect(startedAt).toHaveLength(3);
    expect((startedAt[2] ?? 0) - (startedAt[0] ?? 0)).toBeGreaterThanOrEqual(58);
  });

  it('waits for the run in progress after the signal aborts', async () => {
    const stopping = new AbortController();
    let isFinished = false;
    const loop = runPeriodically({ intervalMs: 10, signal: stopping.signal, onError: never }, async (signal) => {
      await sleep(60_000, signal);
      isFinished = true;
    });
    stopping.abort();
    await loop;
    expect(isFinished).toBe(true);
  });

  it('reports failures with their number since the last success, and continues', async () => {
    const stopping = new AbortController();
    const attempts: number[] = [];
    let runs = 0;
    const options = {
      intervalMs: 5,
      signal: stopping.signal,
      onError: (_: unknown, attempt: number) => void attempts.push(attempt),
    };
    await runPeriodically(options, async () => {
      runs += 1;
      if (runs === 6) stopping.abort();
      if (runs !== 3) throw new Error(`run ${runs}`);
    });
    expect(attempts).toEqual([1, 2, 1, 2]);
  });

  it('does not run when the signal is already aborted', async () => {
    await runPeriodically({ intervalMs: 5, signal: AbortSignal.abort(), onError: never }, never);
  });

  it('varies the interval between half and one and a half times with jitter', async () => {
    const stopping = new AbortController();
    const startedAt: number[] = [];
    await runPeriodically({ intervalMs: 40, signal: stopping.signal, onError: never, jitter: true }, async () => {
      startedAt.push(Date.now());
      if (startedAt.length === 5) stopping.abort();
    });
    for (const [index, at] of startedAt.slice(1).entries())
      expect(at - (startedAt[index] ?? 0)).toBeGreaterThanOrEqual(19);
  });
});
