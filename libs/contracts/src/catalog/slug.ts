/** Words joined by hyphens. */
export const SLUG = /^[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*$/u;

/** In UTF-16 code units. The API accepts longer slugs, so that a suffix fits. */
const MAX_LENGTH = 100;

/**
 * Converts a name to the path segment that identifies it in a URL: "Amélie (2001)" becomes "amélie-2001". Keeps the
 * letters and digits of every script, because a URL can contain them (RFC 3987).
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
