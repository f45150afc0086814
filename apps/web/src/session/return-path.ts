/**
 * Returns the path to open after the sign-in. Only paths of this app: a URL of another site would be an open redirect.
 * @param value the `return` parameter of the sign-in page
 */
export function returnPath(value: string | null): string {
  if (value === null || !value.startsWith('/') || /^\/[/\\]/.test(value)) return '/';
  return value;
}

/** Returns the path of the sign-in page that returns to `path`. */
export function signInPath(path: string): string {
  return `/sign-in?return=${encodeURIComponent(path)}`;
}
