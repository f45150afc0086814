import { isFresh, refreshDelayMs } from './expiry.js';

const session = { accessExpiresAt: '2026-11-20T21:00:00.000Z' };
const endMs = Date.parse(session.accessExpiresAt);

describe('isFresh', () => {
  it('is true well before the end and false within the last half minute', () => {
    expect(isFresh(session, endMs - 60_000)).toBe(true);
    expect(isFresh(session, endMs - 30_000)).toBe(false);
    expect(isFresh(session, endMs + 1)).toBe(false);
  });
});

describe('refreshDelayMs', () => {
  it('leaves a minute before the end', () => {
    expect(refreshDelayMs(session, endMs - 15 * 60_000)).toBe(14 * 60_000);
  });

  it('never spins, however late it is', () => {
    expect(refreshDelayMs(session, endMs + 60_000)).toBe(5_000);
  });
});
