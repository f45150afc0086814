import { whenAborted, sleep } from './sleep.js';

const AN_HOUR_MS = 3_600_000;

describe('a pause', () => {
  it('ends with its signal, and does not begin after it', async () => {
    const stop = new AbortController();
    const paused = sleep(AN_HOUR_MS, stop.signal);
    stop.abort();
    await expect(paused).resolves.toBeUndefined();
    await expect(sleep(AN_HOUR_MS, stop.signal)).resolves.toBeUndefined();
  });

  it('may be for the signal itself', async () => {
    const stop = new AbortController();
    const stopped = whenAborted(stop.signal);
    stop.abort();
    await expect(stopped).resolves.toBeUndefined();
    await expect(whenAborted(stop.signal)).resolves.toBeUndefined();
  });
});
