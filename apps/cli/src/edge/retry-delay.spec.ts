import { retryDelayMs } from './retry-delay.js';

const NOW_MS = Date.parse('2026-11-20T20:00:00Z');

describe('retryDelayMs', () => {
  it('uses Retry-After in seconds or as a date', () => {
    expect(retryDelayMs(1, '3', NOW_MS, 0)).toBe(3000);
    expect(retryDelayMs(1, 'Fri, 20 Nov 2026 20:00:07 GMT', NOW_MS, 0)).toBe(7000);
    expect(retryDelayMs(1, 'Fri, 20 Nov 2026 19:00:00 GMT', NOW_MS, 0)).toBe(0);
  });

  it('spreads the retries of clients that received the same Retry-After', () => {
    expect(retryDelayMs(1, '3', NOW_MS, 0.9)).toBeGreaterThan(3000);
  });

  it('backs off exponentially without a readable Retry-After', () => {
    expect(retryDelayMs(1, null, NOW_MS, 0.5)).toBe(200);
    expect(retryDelayMs(3, 'soon', NOW_MS, 0.5)).toBe(800);
  });

  it('returns at most 60 seconds', () => {
    expect(retryDelayMs(1, '86400', NOW_MS, 0.5)).toBe(60_000);
    expect(retryDelayMs(40, null, NOW_MS, 0.999)).toBeLessThanOrEqual(60_000);
  });
});
