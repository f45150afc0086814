/**
 * Whether a request that a cookie authorises comes from our own pages, as far as its headers tell. SameSite=Strict does
 * the same work; this is the belt for browsers and subdomains that it does not cover. Programs that are no browser send
 * neither header, and nobody can make them send a cookie they do not have.
 *
 * @param host the name and port that the browser asked for
 * @see https://www.w3.org/TR/fetch-metadata/ section 2.3
 */
export function isSameOrigin(headers: Readonly<Record<string, string | string[] | undefined>>, host: string): boolean {
  const { 'sec-fetch-site': site, origin } = headers;
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (origin === undefined) return true;
  return typeof origin === 'string' && URL.canParse(origin) && new URL(origin).host === host;
}
