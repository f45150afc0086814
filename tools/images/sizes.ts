const UNITS: Readonly<Record<string, number>> = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9 };

/** What `238 MB` or `1.2 GB` says; the units are decimal. @throws Error for other text */
export function sizeInBytes(text: string): number {
  const [, amount, unit = ''] = /^([\d.]+)\s*([kKMG]?B)$/.exec(text.trim()) ?? [];
  const factor = UNITS[unit];
  if (amount === undefined || factor === undefined) throw new Error(`not a size: ${text}`);
  return Number(amount) * factor;
}
