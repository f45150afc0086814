const UPPER_BYTES = Uint8Array.from({ length: 128 }, (_, index) => index + 128);
const asMacRoman = [...new TextDecoder('macintosh').decode(UPPER_BYTES)];
const asWindows1252 = [...new TextDecoder('windows-1252').decode(UPPER_BYTES)];
const REPAIRED = new Map(asMacRoman.map((wrong, index) => [wrong, asWindows1252[index] ?? wrong]));

/**
 * Repairs text whose Windows-1252 bytes were once read as Mac Roman: "LÈon" is "Léon".
 *
 * Characters that Mac Roman does not have cannot come from that mistake and stay: "Alien³".
 */
export function repairText(text: string): string {
  return [...text]
    .map((character) => (character > '\u007f' ? (REPAIRED.get(character) ?? character) : character))
    .join('');
}
