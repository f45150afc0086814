/** The ID of an entry: milliseconds, and a number within them. Valkey assigns it, and later entries have higher ones. */
export const LOG_POSITION = /^\d{1,15}-\d{1,10}$/;

/** Compares two IDs of entries, for sorting: negative if the first one is earlier. */
export function comparePositions(a: string, b: string): number {
  const [aMs = 0, aNumber = 0] = a.split('-').map(Number);
  const [bMs = 0, bNumber = 0] = b.split('-').map(Number);
  return aMs - bMs || aNumber - bNumber;
}
