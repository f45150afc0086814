import { isFresh, refreshDelayMs } from './expiry.js';

const session = { accessExpiresAt: '2026-11-20T21:00:00.000Z' };
const expiryMs = Date.parse(session.accessExpiresAt);

describe('isFresh', () => {
  it('treats a token as expired from 30 seconds before its expiry', () => {
    expect(isFresh(session, expiryMs - 60_000)).toBe(true);
    expect(isFresh(session, expiryMs - 30_000)).toBe(false);
    expect(isFresh(session, expiryMs + 1)).toBe(false);
  });
});

describe('refreshDelayMs', () => {
  it('schedules a refresh one minute before the expiry', () => {
    expect(refreshDelayMs(session, expiryMs - 15 * 60_000)).toBe(14 * 60_000);
  });

  it('delays the refresh of an expired token by 5 seconds', () => {
    expect(refreshDelayMs(session, expiryMs + 60_000)).toBe(5_000);
  });
});
