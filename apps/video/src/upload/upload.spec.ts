import { missingParts, partSizeBytes, planParts } from './upload.js';

const MEBIBYTE = 1024 * 1024;
const DEFAULT = 8 * MEBIBYTE;

describe('planParts', () => {
  it.each([
    ['one byte', 1, { partSizeBytes: DEFAULT, partCount: 1 }],
    ['exactly one part', DEFAULT, { partSizeBytes: DEFAULT, partCount: 1 }],
    ['one byte more than a part', DEFAULT + 1, { partSizeBytes: DEFAULT, partCount: 2 }],
    ['1000 parts', 1000 * DEFAULT, { partSizeBytes: DEFAULT, partCount: 1000 }],
    ['one byte more than 1000 parts', 1000 * DEFAULT + 1, { partSizeBytes: 9 * MEBIBYTE, partCount: 889 }],
  ])('divides a file of %s', (_name, sizeBytes, plan) => {
    expect(planParts(sizeBytes, DEFAULT)).toEqual(plan);
  });

  it.each([1, DEFAULT, DEFAULT + 1, 123_456_789, 5 * 1024 * MEBIBYTE])(
    'plans parts whose sizes add up to %d bytes',
    (sizeBytes) => {
      const upload = { sizeBytes, ...planParts(sizeBytes, DEFAULT) };
      const sizes = Array.from({ length: upload.partCount }, (_, index) => partSizeBytes(upload, index + 1));
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(sizeBytes);
      expect(Math.min(...sizes)).toBeGreaterThan(0);
      expect(sizes.length).toBeLessThanOrEqual(1000);
    },
  );
});

describe('missingParts', () => {
  const plan = { partSizeBytes: DEFAULT, partCount: 4 };

  it('returns the numbers of the parts that are not uploaded', () => {
    expect(missingParts(plan, [{ partNumber: 3 }, { partNumber: 1 }])).toEqual([2, 4]);
  });

  it('returns an empty list when all parts are uploaded', () => {
    const uploaded = [1, 2, 3, 4].map((partNumber) => ({ partNumber }));
    expect(missingParts(plan, uploaded)).toEqual([]);
  });
});
