/** Responses that list or count titles. A response about a person counts them. */
export const TITLES_TAG = 'titles';

/** The home page. */
export const HOME_TAG = 'home';

/** Responses about one title. Clients can write its ID in upper case. */
export function titleTag(titleId: string): string {
  return `title:${titleId.toLowerCase()}`;
}
