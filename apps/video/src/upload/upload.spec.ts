import { missingParts, partSizeBytes, planParts } from './upload.js';

const MEBIBYTE = 1024 * 1024;
const USUAL = 8 * MEBIBYTE;

describe('the parts of an upload', () => {
  it.each([
    ['one byte', 1, { partSizeBytes: USUAL, partCount: 1 }],
    ['exactly a part', USUAL, { partSizeBytes: USUAL, partCount: 1 }],
    ['a byte more than a part', USUAL + 1, { partSizeBytes: USUAL, partCount: 2 }],
    ['1000 parts', 1000 * USUAL, { partSizeBytes: USUAL, partCount: 1000 }],
    ['a byte more than 1000 parts', 1000 * USUAL + 1, { partSizeBytes: 9 * MEBIBYTE, partCount: 889 }],
  ])('are planned for %s', (_, sizeBytes, plan) => {
    expect(planParts(sizeBytes, USUAL)).toEqual(plan);
  });

  it.each([1, USUAL, USUAL + 1, 123_456_789, 5 * 1024 * MEBIBYTE])(
    'add up to the whole file of %d bytes',
    (sizeBytes) => {
      const upload = { sizeBytes, ...planParts(sizeBytes, USUAL) };
      const sizes = Array.from({ length: upload.partCount }, (_, index) => partSizeBytes(upload, index + 1));
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(sizeBytes);
      expect(Math.min(...sizes)).toBeGreaterThan(0);
      expect(sizes.length).toBeLessThanOrEqual(1000);
    },
  );

  it('are missing until they have arrived', () => {
    const plan = { partSizeBytes: USUAL, partCount: 4 };
    expect(missingParts(plan, [{ partNumber: 3 }, { partNumber: 1 }])).toEqual([2, 4]);
    expect(
      missingParts(
        plan,
        [1, 2, 3, 4].map((partNumber) => ({ partNumber })),
      ),
    ).toEqual([]);
  });
});
