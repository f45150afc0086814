import { CodedError } from '@viernes/contracts';
import type { Caller } from '@viernes/platform';

interface AudienceRequest {
  readonly profileId: string;
  readonly titleId: string;
  readonly minimumAge?: number | undefined;
}

/**
 * Rejects a profile that is not selected, and titles that do not exist for a profile with a maximum age: those above the
 * maximum age, and unrated ones. A title without a minimum age is unrated, so an omission cannot show a title to a child.
 *
 * @throws CodedError PROFILE_NOT_SELECTED, TITLE_NOT_FOUND
 */
export function assertAudience(
  { profileId: selectedId, ...caller }: Pick<Caller, 'profileId' | 'maximumAge'>,
  { profileId, titleId, minimumAge = Infinity }: AudienceRequest,
): void {
  if (profileId !== selectedId) throw new CodedError('PROFILE_NOT_SELECTED', { profileId });
  if (!isInAudience(caller, minimumAge)) throw new CodedError('TITLE_NOT_FOUND', { titleId });
}

/** @param minimumAge Infinity for an unrated title */
export function isInAudience({ maximumAge = Infinity }: Pick<Caller, 'maximumAge'>, minimumAge: number): boolean {
  return minimumAge <= maximumAge;
}
