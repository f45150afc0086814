/**
 * Returns a quoted-string attribute value.
 *
 * @throws RangeError if the text contains an invalid character
 * @see RFC 8216 section 4.2: no line feed, carriage return or double quote inside
 */
export function quote(text: string): string {
  return `"${requireSingleLine(text)}"`;
}

/** Returns the text unchanged. @throws RangeError if it could end its line or its quotes */
export function requireSingleLine(text: string): string {
  if (/[\r\n"]/.test(text)) throw new RangeError('a playlist value must not contain a line break or a double quote');
  return text;
}
