/** Words joined by hyphens. */
export const SLUG = /^[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*$/u;

/** In UTF-16 code units. Leaves space for a suffix in a slug of the API. */
const MAX_LENGTH = 100;

/**
 * Converts a name to the part of a URL that identifies it: "Amélie (2001)" becomes "amélie-2001". Keeps the letters and
 * digits of every script, because a URL can contain them (RFC 3987).
 *
 * @returns the empty string for a name without letters and digits
 */
export function toSlug(name: string): string {
  const words =
    name
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const cut = words.join('-').slice(0, MAX_LENGTH);
  // The cut can be inside a surrogate pair or after a hyphen.
  return cut.replace(/[\uD800-\uDBFF]$/, '').replace(/-$/, '');
}
