import { PartTokens } from './part-token.js';

const UPLOAD_ID = '0b7c6a52-4b38-4a0e-9d2c-6f3f1f6f0a11';
const NOW_MS = Date.parse('2026-11-20T20:00:00Z');
const part = { uploadId: UPLOAD_ID, partNumber: 3 };

describe('PartTokens', () => {
  const key = Buffer.from('the key of all replicas');
  const tokens = new PartTokens(key);
  const token = tokens.issue(part, new Date(NOW_MS + 60_000));

  it('accepts a token for its part on every replica until it expires', () => {
    expect(new PartTokens(key).isValid(part, token, NOW_MS)).toBe(true);
    expect(tokens.isValid(part, token, NOW_MS + 60_000)).toBe(false);
  });

  it.each([
    ['another part', { ...part, partNumber: 30 }, token],
    ['another upload', { ...part, uploadId: UPLOAD_ID.replace('0b', '0c') }, token],
    ['a later expiry', part, token.replace(/^[^.]+/, (NOW_MS / 1000 + 600).toString(36))],
    ['a truncated signature', part, token.slice(0, -4)],
    ['a suffix', part, `${token}.x`],
    ['an empty token', part, ''],
    ['another key', part, new PartTokens(Buffer.from('other')).issue(part, new Date(NOW_MS + 60_000))],
  ])('rejects a token with %s', (_name, id, text) => {
    expect(tokens.isValid(id, text, NOW_MS)).toBe(false);
  });
});
