/**
 * Converts a name to a source, the part of the external IDs before the slash. Normalizes and trims the name.
 *
 * @returns undefined if the result does not have 1 to 80 characters, or contains a slash or a control character
 */
export function toSource(name: string): string | undefined {
  const source = name.normalize('NFC').trim();
  return /^[^/\p{Cc}]{1,80}$/u.test(source) ? source : undefined;
}
