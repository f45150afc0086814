/** The formats that we read. ffmpeg is told which one it is and never guesses: guessing opens playlists too. */
export const DEMUXERS = ['mov', 'matroska'] as const;

export type Demuxer = (typeof DEMUXERS)[number];

export function isDemuxer(name: string): name is Demuxer {
  return (DEMUXERS as readonly string[]).includes(name);
}

/** How many bytes of a file's start sniffDemuxer looks at. */
export const SNIFF_BYTES = 12;

/** First boxes that a QuickTime or ISO base media file may have (ISO/IEC 14496-12 section 4.3, and old QuickTime). */
const MOV_BOXES: readonly string[] = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];

/** The EBML header's id (RFC 8794 section 11.2.1), which begins each Matroska and WebM file. */
const EBML: readonly number[] = [0x1a, 0x45, 0xdf, 0xa3];

/**
 * Which of our formats a file is by its first SNIFF_BYTES bytes; its name is not asked. Undefined: not one we read.
 */
export function sniffDemuxer(firstBytes: Uint8Array): Demuxer | undefined {
  if (EBML.every((byte, index) => firstBytes[index] === byte)) return 'matroska';
  const box = String.fromCharCode(...firstBytes.subarray(4, 8));
  return MOV_BOXES.includes(box) ? 'mov' : undefined;
}
