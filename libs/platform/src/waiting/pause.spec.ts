import { aborted, pause } from './pause.js';

const AN_HOUR_MS = 3_600_000;

describe('a pause', () => {
  it('ends with its signal, and does not begin after it', async () => {
    const stop = new AbortController();
    const paused = pause(AN_HOUR_MS, stop.signal);
    stop.abort();
    await expect(paused).resolves.toBeUndefined();
    await expect(pause(AN_HOUR_MS, stop.signal)).resolves.toBeUndefined();
  });

  it('may be for the signal itself', async () => {
    const stop = new AbortController();
    const stopped = aborted(stop.signal);
    stop.abort();
    await expect(stopped).resolves.toBeUndefined();
    await expect(aborted(stop.signal)).resolves.toBeUndefined();
  });
});
