/**
 * The sections of texts in the first load: those of the home page, and of the header and footer of all pages. The other
 * texts load with the first of the other pages. A spec compares this list with the code.
 */
export const FIRST_SECTIONS = [
  'account',
  'admin',
  'app',
  'common',
  'genres',
  'history',
  'home',
  'myList',
  'problems',
  'profiles',
  'title',
] as const;
