import { currentContext, hasRole } from '@viernes/platform';

/** Returns whether the caller sees titles that viewers do not. A maximum age limits editors, too. */
export function isEditor(): boolean {
  const { role, maximumAge } = currentContext();
  return hasRole(role, 'editor') && maximumAge === undefined;
}
