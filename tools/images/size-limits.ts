import type { ImageApp } from './names.ts';

/**
 * Maximum size per image in MB (10^6 bytes), unpacked. Debian and Node.js have 205 MB. ffmpeg adds 225 MB, because Debian builds
 * it with all codecs. The image of cli also contains the list of seed titles.
 */
export const MAX_SIZE_MB: Readonly<Record<ImageApp, number>> = {
  ...{ edge: 350, catalog: 350, user: 350, video: 350 },
  ...{ transcoder: 500, cli: 520 },
};

const UNITS: Readonly<Record<string, number>> = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9 };

/** Parses a size that buildah prints, such as `238 MB`. The units are decimal. @throws Error for other text */
export function toBytes(text: string): number {
  const [, amount, unit = ''] = /^([\d.]+)\s*([kKMG]?B)$/.exec(text.trim()) ?? [];
  const factor = UNITS[unit];
  if (amount === undefined || factor === undefined) throw new Error(`not a size: ${text}`);
  return Number(amount) * factor;
}
