import { Problem } from '../api/problem.js';
import { repeatOnce } from './repeat-once.js';

const NO_RESPONSE = new Problem({ title: 'No response', status: 0, code: 'NETWORK' });
const UNAVAILABLE = new Problem({ title: 'Unavailable', status: 503, code: 'DEPENDENCY_UNAVAILABLE' });
const UNKNOWN_SESSION = new Problem({ title: 'Unknown', status: 404, code: 'PLAYBACK_NOT_FOUND' });
const RATE_LIMITED = new Problem({ title: 'Too many', status: 429, code: 'RATE_LIMITED' });

describe('repeatOnce', () => {
  let ended: AbortController;

  beforeEach(() => {
    ended = new AbortController();
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  /** Starts to send a heartbeat whose first attempts fail. */
  function start(...failures: readonly Problem[]) {
    const send = vi.fn(() => Promise.resolve());
    for (const failure of failures) send.mockRejectedValueOnce(failure);
    return { send, result: repeatOnce(send, ended.signal).catch((error: unknown) => error) };
  }

  it('sends a heartbeat once if it is stored', async () => {
    const { send } = start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it.each([NO_RESPONSE, UNAVAILABLE])('repeats a heartbeat 1 to 2 s after the failure %s', async (failure) => {
    const { send, result } = start(failure);
    await vi.advanceTimersByTimeAsync(999);
    expect(send).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(send).toHaveBeenCalledTimes(2);
    expect(await result).toBeUndefined();
  });

  it('fails after the second attempt, because the next heartbeat follows', async () => {
    const { send, result } = start(NO_RESPONSE, UNAVAILABLE);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(send).toHaveBeenCalledTimes(2);
    expect(await result).toBe(UNAVAILABLE);
  });

  it.each([UNKNOWN_SESSION, RATE_LIMITED])('does not repeat a heartbeat after the failure %s', async (failure) => {
    const { send, result } = start(failure);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(send).toHaveBeenCalledTimes(1);
    expect(await result).toBe(failure);
  });

  it('does not repeat a heartbeat when the session has ended', async () => {
    const { send } = start(NO_RESPONSE);
    await vi.advanceTimersByTimeAsync(500);
    ended.abort();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(send).toHaveBeenCalledTimes(1);
  });
});
