import { CodedError } from '@viernes/contracts';
import type { Caller } from '@viernes/platform';
import type { StartPlaybackRequest } from './playback.requests.js';

/**
 * Rejects titles that do not exist for the selected profile: those above its maximum age, and unrated ones. A request that
 * omits the minimum age is rejected, so that an omission cannot show a title to a child.
 *
 * @throws CodedError PROFILE_NOT_SELECTED, TITLE_NOT_FOUND
 */
export function assertAudience(
  { profileId: selectedId, maximumAge }: Pick<Caller, 'profileId' | 'maximumAge'>,
  { profileId, titleId, minimumAge = Infinity }: StartPlaybackRequest,
): void {
  if (profileId !== selectedId) throw new CodedError('PROFILE_NOT_SELECTED', { profileId });
  if (maximumAge !== undefined && minimumAge > maximumAge) throw new CodedError('TITLE_NOT_FOUND', { titleId });
}
