import { CodedError, KIDS_MAXIMUM_AGE, MAX_PROFILES } from '@viernes/contracts';
import type { Profile } from '../profile/profile.js';

/**
 * The profiles of an account, for one session. Decision 27 states the rules. A session can use the profile that it has
 * selected, and each profile without a PIN, because it can select those at any time.
 */
export class Household {
  constructor(
    private readonly profiles: readonly Profile[],
    private readonly selectedId: string | undefined,
  ) {}

  /** @throws CodedError PROFILE_NOT_FOUND */
  get(profileId: string): Profile {
    const profile = this.profiles.find(({ id }) => id === profileId.toLowerCase());
    if (!profile) throw new CodedError('PROFILE_NOT_FOUND', { profileId });
    return profile;
  }

  /** @throws CodedError PROFILE_NOT_FOUND, PIN_REQUIRED if the profile has a PIN and the session has not selected it */
  getUsable(profileId: string): Profile {
    const profile = this.get(profileId);
    if (!this.isUsable(profile)) throw new CodedError('PIN_REQUIRED', { profileId });
    return profile;
  }

  /** @throws CodedError PROFILE_LIMIT_REACHED, PROFILE_LIMITED */
  assertCanAdd(profile: Profile): void {
    if (this.profiles.length >= MAX_PROFILES) throw new CodedError('PROFILE_LIMIT_REACHED');
    this.assertCanGrant(profile);
  }

  /** @throws CodedError PROFILE_LIMITED, PROFILE_REQUIRED */
  assertCanReplace(profile: Profile): void {
    this.assertCanGrant(profile);
    assertHasUnlimitedProfile(this.profiles.map((each) => (each.id === profile.id ? profile : each)));
  }

  /** @throws CodedError PROFILE_REQUIRED */
  assertCanDelete({ id }: Profile): void {
    assertHasUnlimitedProfile(this.profiles.filter((each) => each.id !== id));
  }

  /** A session can grant at most the highest maximum age of the profiles that it can use. */
  private assertCanGrant({ maximumAge }: Profile): void {
    const usable = this.profiles.filter((each) => this.isUsable(each));
    if (!usable.some((each) => toLimit(each.maximumAge) >= toLimit(maximumAge)))
      throw new CodedError('PROFILE_LIMITED');
  }

  private isUsable({ id, hasPin }: Profile): boolean {
    return !hasPin || id === this.selectedId;
  }
}

/** An account needs a profile without a maximum age, because other profiles cannot manage the account. */
function assertHasUnlimitedProfile(profiles: readonly Profile[]): void {
  if (profiles.every(({ maximumAge }) => maximumAge !== undefined)) throw new CodedError('PROFILE_REQUIRED');
}

function toLimit(maximumAge: number | undefined): number {
  return maximumAge ?? Infinity;
}

/** Limits the maximum age of a kids profile. Returns other profiles unchanged. */
export function limitKids(profile: Profile): Profile {
  if (!profile.isKids) return profile;
  return { ...profile, maximumAge: Math.min(toLimit(profile.maximumAge), KIDS_MAXIMUM_AGE) };
}
