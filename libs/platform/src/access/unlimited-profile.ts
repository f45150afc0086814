import { CodedError } from '@viernes/contracts';
import type { Caller } from '../context/request-context.js';

/**
 * Requires a session that has selected a profile without a maximum age, so that children cannot manage the account.
 *
 * @throws CodedError PROFILE_NOT_SELECTED, PROFILE_LIMITED
 */
export function assertUnlimitedProfile({ profileId, maximumAge }: Pick<Caller, 'profileId' | 'maximumAge'>): void {
  if (profileId === undefined) throw new CodedError('PROFILE_NOT_SELECTED');
  if (maximumAge !== undefined) throw new CodedError('PROFILE_LIMITED');
}
