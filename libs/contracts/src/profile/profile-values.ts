// The values of profile fields that both the API and the user service validate.

/** Keys of images that the clients have. */
export const AVATARS = ['star', 'moon', 'rocket', 'robot', 'ghost', 'bear', 'cat', 'dog', 'fox', 'owl'] as const;

export type Avatar = (typeof AVATARS)[number];

/** The limit of the maximum age of a profile for kids: PG and TV-PG. */
export const KIDS_MAXIMUM_AGE = 8;

/** Profiles per account. */
export const MAX_PROFILES = 5;

/** A PIN of a profile. */
export const PIN = /^[0-9]{4}$/;
