import { decideRefresh, REUSE_GRACE_MS } from './refresh-token.js';

describe('decideRefresh', () => {
  it.each([
    ['refresh', 'an unused token', { isSessionExpired: false, usedAgoMs: undefined }],
    ['refresh', 'a token that a concurrent transaction used', { isSessionExpired: false, usedAgoMs: -3 }],
    ['refresh', 'a token at the end of the grace period', { isSessionExpired: false, usedAgoMs: REUSE_GRACE_MS }],
    ['revoke-session', 'a token after the grace period', { isSessionExpired: false, usedAgoMs: REUSE_GRACE_MS + 1 }],
    ['reject', 'an unused token of an expired session', { isSessionExpired: true, usedAgoMs: undefined }],
    ['reject', 'a used token of an expired session', { isSessionExpired: true, usedAgoMs: 3_600_000 }],
  ] as const)('returns %s for %s', (decision, _, token) => {
    expect(decideRefresh(token)).toBe(decision);
  });
});
