/**
 * The sections of texts in the first load: those of the home page and of the frame of all pages. The texts of the other
 * pages load with these pages. A spec compares this list with the code.
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
