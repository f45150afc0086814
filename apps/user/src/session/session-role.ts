import type { CallerRole } from '@viernes/platform';
import type { Account } from '../account/account.js';
import type { Profile } from '../profile/profile.js';

/**
 * Returns the role of a session or an API key that acts for a profile. Without a profile, and for one with a maximum age,
 * it is viewer: editors read titles for every audience, and a profile that is limited could otherwise deselect itself.
 */
export function toSessionRole(
  { role }: Pick<Account, 'role'>,
  profile: Pick<Profile, 'maximumAge'> | null | undefined,
): CallerRole {
  return profile && profile.maximumAge === undefined ? role : 'viewer';
}
