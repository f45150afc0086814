/**
 * The sections of the texts that the first load contains: those of the home page, and those of what all pages show.
 * The texts of the other pages load with them. A spec compares this list with the code.
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
