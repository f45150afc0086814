import { whenAborted, sleep } from './sleep.js';

const AN_HOUR_MS = 3_600_000;

describe('sleep and whenAborted', () => {
  it('sleep resolves when its signal aborts, and immediately if it is aborted already', async () => {
    const stop = new AbortController();
    const sleeping = sleep(AN_HOUR_MS, stop.signal);
    stop.abort();
    await expect(sleeping).resolves.toBeUndefined();
    await expect(sleep(AN_HOUR_MS, stop.signal)).resolves.toBeUndefined();
  });

  it('whenAborted resolves when the signal aborts', async () => {
    const stop = new AbortController();
    const stopped = whenAborted(stop.signal);
    stop.abort();
    await expect(stopped).resolves.toBeUndefined();
    await expect(whenAborted(stop.signal)).resolves.toBeUndefined();
  });
});
