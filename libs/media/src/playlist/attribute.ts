/**
 * A quoted-string attribute value.
 *
 * @throws RangeError where the text cannot be one
 * @see RFC 8216 section 4.2: no line feed, carriage return or double quote inside
 */
export function quoted(text: string): string {
  return `"${singleLine(text)}"`;
}

/** @throws RangeError where a text would break out of its line or quotes */
export function singleLine(text: string): string {
  if (/[\r\n"]/.test(text)) throw new RangeError('a playlist cannot carry a line break or a double quote');
  return text;
}
