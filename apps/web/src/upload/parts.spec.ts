import { missingParts, partRange, toGroups } from './parts.js';

describe('missingParts', () => {
  it('lists the parts that are not stored, in order', () => {
    const uploadedParts = [
      { partNumber: 3, sizeBytes: 5 },
      { partNumber: 1, sizeBytes: 5 },
    ];
    expect(missingParts({ partCount: 4, uploadedParts })).toEqual([2, 4]);
  });
});

describe('partRange', () => {
  it('covers the file up to its end, without gaps or overlaps', () => {
    const upload = { partSizeBytes: 8, sizeBytes: 20 };
    expect([1, 2, 3].map((number) => partRange(upload, number))).toEqual([
      [0, 8],
      [8, 16],
      [16, 20],
    ]);
  });
});

describe('toGroups', () => {
  it('splits a list into groups in order', () => {
    expect(toGroups([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(toGroups([], 2)).toEqual([]);
  });
});
