/**
 * Returns the path to open after the sign-in. Only paths of this app: a URL of another site would be an open redirect.
 * @param value the `return` parameter of the sign-in page
 */
export function returnPath(value: string | null): string {
  // Browsers treat a backslash as a slash, and ignore tabs and line breaks: "/<tab>/other.example" is another site.
  if (value === null || !value.startsWith('/') || /^\/[/\\]|[\t\r\n]/.test(value)) return '/';
  return value;
}

/** Returns the path of the sign-in page that returns to `path`. */
export function signInPath(path: string): string {
  return `/sign-in?return=${encodeURIComponent(path)}`;
}

/**
 * Returns the path to open instead of a page that requires a session.
 *
 * @param isDeleted whether the session ended because its account was deleted, on the page of the account
 */
export function signedOutPath(pathname: string, search: string, isDeleted = false): string {
  return isDeleted && pathname === '/account' ? '/account-deleted' : signInPath(pathname + search);
}

/** Returns the path of the page that selects a profile and returns to `path`. */
export function selectProfilePath(path: string, profileId?: string): string {
  return `/who?return=${encodeURIComponent(path)}${profileId === undefined ? '' : `&profile=${profileId}`}`;
}
