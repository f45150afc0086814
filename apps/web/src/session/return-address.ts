/**
 * Where to go after signing in. Only addresses of this app: an outside one would make us a springboard for others.
 * @param value the `return` parameter of the sign-in address
 */
export function returnAddress(value: string | null): string {
  if (value === null || !value.startsWith('/') || /^\/[/\\]/.test(value)) return '/';
  return value;
}
