const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Formats a size as "734 kB" or "4.2 GB", in decimal units. */
export function formatSize(sizeBytes: number): string {
  const power = Math.min(UNITS.length - 1, sizeBytes < 1000 ? 0 : Math.floor(Math.log10(sizeBytes) / 3));
  const value = sizeBytes / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[power]}`;
}
