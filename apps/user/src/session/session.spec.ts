import { decideRefresh, REUSE_GRACE_MS } from './session.js';

describe('a refresh token', () => {
  it.each([
    ['fresh', { hasSessionEnded: false, usedAgoMs: undefined }, 'rotate'],
    ['used a moment ago by the other tab', { hasSessionEnded: false, usedAgoMs: -3 }, 'rotate'],
    ['used just within the grace', { hasSessionEnded: false, usedAgoMs: REUSE_GRACE_MS }, 'rotate'],
    ['used before the grace', { hasSessionEnded: false, usedAgoMs: REUSE_GRACE_MS + 1 }, 'end-session'],
    ['fresh, of an ended session', { hasSessionEnded: true, usedAgoMs: undefined }, 'refuse'],
    ['used, of an ended session', { hasSessionEnded: true, usedAgoMs: 3_600_000 }, 'refuse'],
  ] as const)('that is %s', (_, token, decision) => {
    expect(decideRefresh(token)).toBe(decision);
  });
});
