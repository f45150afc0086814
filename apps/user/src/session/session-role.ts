import type { CallerRole } from '@viernes/platform';
import type { Account } from '../account/account.js';
import type { Profile } from '../profile/profile.js';

/**
 * Returns the role of a session or an API key that acts for a profile. It is viewer for a profile with a maximum age,
 * because editors read titles for every audience. It is also viewer without a profile, because a limited profile could
 * otherwise gain the role of the account by deleting itself.
 */
export function toSessionRole(
  { role }: Pick<Account, 'role'>,
  profile: Pick<Profile, 'maximumAge'> | null | undefined,
): CallerRole {
  return profile && profile.maximumAge === undefined ? role : 'viewer';
}
