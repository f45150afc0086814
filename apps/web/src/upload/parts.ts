import type { Schema } from '@viernes/api-client';

/** Lists the numbers of the parts that are not stored, in order. */
export function missingParts(upload: Pick<Schema<'Upload'>, 'partCount' | 'uploadedParts'>): number[] {
  const stored = new Set(upload.uploadedParts.map((part) => part.partNumber));
  return Array.from({ length: upload.partCount }, (_, index) => index + 1).filter((number) => !stored.has(number));
}

/** Returns the first byte of a part and the byte after its last one. */
export function partRange(
  upload: Pick<Schema<'Upload'>, 'partSizeBytes' | 'sizeBytes'>,
  partNumber: number,
): readonly [number, number] {
  const start = (partNumber - 1) * upload.partSizeBytes;
  return [start, Math.min(start + upload.partSizeBytes, upload.sizeBytes)];
}

/** Splits a list into groups of at most `size` items. */
export function toGroups<Item>(list: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
