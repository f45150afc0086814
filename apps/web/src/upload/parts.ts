import type { Upload } from '../api/types.js';

/** The numbers of the parts that have not arrived, in order. */
export function missingParts(upload: Pick<Upload, 'partCount' | 'uploadedParts'>): number[] {
  const arrived = new Set(upload.uploadedParts.map((part) => part.partNumber));
  return Array.from({ length: upload.partCount }, (_, index) => index + 1).filter((number) => !arrived.has(number));
}

/** Where a part begins and ends in the file, the end not included. */
export function partRange(
  upload: Pick<Upload, 'partSizeBytes' | 'sizeBytes'>,
  partNumber: number,
): readonly [number, number] {
  const start = (partNumber - 1) * upload.partSizeBytes;
  return [start, Math.min(start + upload.partSizeBytes, upload.sizeBytes)];
}

/** Splits a list into groups of at most `size`. */
export function inGroups<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
