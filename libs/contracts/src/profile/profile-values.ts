// The values of profile fields that both the API and the user service validate.

/** Keys of images that the clients contain. */
export const AVATARS = ['star', 'moon', 'rocket', 'robot', 'ghost', 'bear', 'cat', 'dog', 'fox', 'owl'] as const;

export type Avatar = (typeof AVATARS)[number];

/** The highest maximum age of a profile for kids: PG and TV-PG. */
export const KIDS_MAXIMUM_AGE = 8;

/** Profiles per account. */
export const MAX_PROFILES = 5;

/** A PIN of a profile. */
export const PIN = /^[0-9]{4}$/;

/** Titles in the list of a profile. */
export const MAX_MY_LIST_TITLES = 500;

/** In the order of the protobuf enum, which starts with 1. */
export const THUMBS = ['up', 'down'] as const;

export type Thumb = (typeof THUMBS)[number];
