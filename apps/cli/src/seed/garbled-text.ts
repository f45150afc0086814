const UPPER_BYTES = Uint8Array.from({ length: 128 }, (_, index) => index + 128);
const asMacRoman = [...new TextDecoder('macintosh').decode(UPPER_BYTES)];
const asWindows1252 = [...new TextDecoder('windows-1252').decode(UPPER_BYTES)];
const REPAIRED = new Map(asMacRoman.map((garbled, index) => [garbled, asWindows1252[index] ?? garbled]));

/**
 * Repairs text whose Windows-1252 bytes were decoded as Mac Roman: "LÈon" becomes "Léon".
 *
 * Keeps characters that Mac Roman does not have, because they cannot result from that error: "Alien³".
 */
export function repairText(text: string): string {
  return [...text]
    .map((character) => (character > '\u007f' ? (REPAIRED.get(character) ?? character) : character))
    .join('');
}
