/** The supported formats. ffmpeg receives the format explicitly: its own detection would also open playlists. */
export const DEMUXERS = ['mov', 'matroska'] as const;

export type Demuxer = (typeof DEMUXERS)[number];

export function isDemuxer(name: string): name is Demuxer {
  return (DEMUXERS as readonly string[]).includes(name);
}

/** Number of bytes at the start of a file that sniffDemuxer needs. */
export const SNIFF_BYTES = 12;

/** Possible first boxes of a QuickTime or ISO base media file (ISO/IEC 14496-12 section 4.3, and old QuickTime). */
const MOV_BOXES: readonly string[] = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];

/** The ID of the EBML header (RFC 8794 section 11.2.1), at the start of each Matroska and WebM file. */
const EBML: readonly number[] = [0x1a, 0x45, 0xdf, 0xa3];

/** Detects the format of a file from its first SNIFF_BYTES bytes, not from its name. Undefined if it is not supported. */
export function sniffDemuxer(firstBytes: Uint8Array): Demuxer | undefined {
  if (EBML.every((byte, index) => firstBytes[index] === byte)) return 'matroska';
  const box = String.fromCharCode(...firstBytes.subarray(4, 8));
  return MOV_BOXES.includes(box) ? 'mov' : undefined;
}
