import { AVATARS, type Avatar } from '@viernes/contracts';

/** A member of a household. Accounts have at least one. */
export interface Profile {
  readonly id: string;
  readonly name: string;
  readonly avatar: Avatar;
  /** A language tag: "en". */
  readonly language: string;
  readonly isKids: boolean;
  /** Titles for an older audience, and unrated ones, do not exist for the profile. Undefined: no maximum age. */
  readonly maximumAge?: number | undefined;
  readonly hasPin: boolean;
}

/** Returns a new profile, with defaults for the omitted fields. */
export function toNewProfile(fields: Pick<Profile, 'id' | 'name'> & Partial<Profile>): Profile {
  return { avatar: AVATARS[0], language: 'en', isKids: false, hasPin: false, ...fields };
}
