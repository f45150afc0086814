import { CodedError } from '@viernes/contracts';
import type { Caller } from '../context/request-context.js';

/**
 * Protects what concerns the complete account from children: the session must have selected a profile without a maximum
 * age.
 *
 * @throws CodedError PROFILE_NOT_SELECTED, PROFILE_LIMITED
 */
export function assertUnlimitedProfile({ profileId, maximumAge }: Pick<Caller, 'profileId' | 'maximumAge'>): void {
  if (profileId === undefined) throw new CodedError('PROFILE_NOT_SELECTED');
  if (maximumAge !== undefined) throw new CodedError('PROFILE_LIMITED');
}
