import { PartTokens } from './part-token.js';

const UPLOAD_ID = '0b7c6a52-4b38-4a0e-9d2c-6f3f1f6f0a11';
const NOW_MS = Date.parse('2026-11-20T20:00:00Z');
const part = { uploadId: UPLOAD_ID, partNumber: 3 };

describe('a token of a part', () => {
  const tokens = new PartTokens('secret of the store');
  const token = tokens.issue(part, new Date(NOW_MS + 60_000));

  it('is good for its part until its time is over, on every replica', () => {
    expect(new PartTokens('secret of the store').isGood(part, token, NOW_MS)).toBe(true);
    expect(tokens.isGood(part, token, NOW_MS + 60_000)).toBe(false);
  });

  it.each([
    ['another part', { ...part, partNumber: 30 }, token],
    ['another upload', { ...part, uploadId: UPLOAD_ID.replace('0b', '0c') }, token],
    ['a later end', part, token.replace(/^[^.]+/, (NOW_MS / 1000 + 600).toString(36))],
    ['a signature cut short', part, token.slice(0, -4)],
    ['something behind it', part, `${token}.x`],
    ['nothing', part, ''],
    ['another secret', part, new PartTokens('another').issue(part, new Date(NOW_MS + 60_000))],
  ])('is not good with %s', (_, named, given) => {
    expect(tokens.isGood(named, given, NOW_MS)).toBe(false);
  });
});
