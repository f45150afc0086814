import { inGroups, missingParts, partRange } from './parts.js';
import { uploadKey } from './remembered-uploads.js';

describe('missingParts', () => {
  it('names what has not arrived, in order', () => {
    const uploadedParts = [
      { partNumber: 3, sizeBytes: 5 },
      { partNumber: 1, sizeBytes: 5 },
    ];
    expect(missingParts({ partCount: 4, uploadedParts })).toEqual([2, 4]);
  });
});

describe('partRange', () => {
  it('covers the file without gap or overlap, the last part shorter', () => {
    const upload = { partSizeBytes: 8, sizeBytes: 20 };
    expect([1, 2, 3].map((number) => partRange(upload, number))).toEqual([
      [0, 8],
      [8, 16],
      [16, 20],
    ]);
  });
});

describe('inGroups', () => {
  it('keeps order and loses nothing', () => {
    expect(inGroups([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(inGroups([], 2)).toEqual([]);
  });
});

describe('uploadKey', () => {
  it('tells two versions of one file apart', () => {
    const file = { name: 'a.mp4', size: 10, lastModified: 1 };
    expect(uploadKey('t', file)).not.toBe(uploadKey('t', { ...file, lastModified: 2 }));
  });
});
