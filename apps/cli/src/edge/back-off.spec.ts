import { retryDelayMs } from './back-off.js';

const NOW_MS = Date.parse('2026-11-20T20:00:00Z');

describe('the wait before a repeat', () => {
  it('is what the server asked for, in seconds or as a date', () => {
    expect(retryDelayMs(1, '3', NOW_MS, 0)).toBe(3000);
    expect(retryDelayMs(1, 'Fri, 20 Nov 2026 20:00:07 GMT', NOW_MS, 0)).toBe(7000);
    expect(retryDelayMs(1, 'Fri, 20 Nov 2026 19:00:00 GMT', NOW_MS, 0)).toBe(0);
  });

  it('spreads callers that were refused together', () => {
    expect(retryDelayMs(1, '3', NOW_MS, 0.9)).toBeGreaterThan(3000);
  });

  it('grows where the server said nothing, or nothing legible', () => {
    expect(retryDelayMs(1, null, NOW_MS, 0.5)).toBe(200);
    expect(retryDelayMs(3, 'soon', NOW_MS, 0.5)).toBe(800);
  });

  it('never exceeds a minute', () => {
    expect(retryDelayMs(1, '86400', NOW_MS, 0.5)).toBe(60_000);
    expect(retryDelayMs(40, null, NOW_MS, 0.999)).toBeLessThanOrEqual(60_000);
  });
});
