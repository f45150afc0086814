import { currentContext, hasRole } from '@viernes/platform';

/** Returns whether the caller can see titles that viewers cannot. A maximum age limits editors, too. */
export function isEditor(): boolean {
  const { role, maximumAge } = currentContext();
  return hasRole(role, 'editor') && maximumAge === undefined;
}
