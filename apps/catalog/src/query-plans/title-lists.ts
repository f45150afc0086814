import type { OrderCursor } from '../title/title-cursor.js';
import type { TitleFilter, TitleOrder } from '../title/title.js';
import { PERSON_ID } from './generate-titles.js';

const id = '80000000-0000-4000-8000-000000000000';
const createdAtMs = Date.now() - 550 * 24 * 3_600_000;

/** Positions in the middle of each order. */
const MIDDLE: { readonly [Order in TitleOrder]: OrderCursor & { order: Order } } = {
  newest: { order: 'newest', createdAtMs, id },
  name: { order: 'name', language: 'es', name: 'Mo', id },
  popularity: { order: 'popularity', viewScore: 0, id },
  score: { order: 'score', score: 7.5, createdAtMs, id },
};

/** The lists whose plans are printed. */
export const TITLE_LISTS: readonly (readonly [
  title: string,
  order: TitleOrder,
  filter: TitleFilter,
  after?: OrderCursor,
])[] = [
  ['The newest titles', 'newest', {}],
  ['The newest titles after a cursor', 'newest', {}, MIDDLE.newest],
  ['The newest titles of a common genre', 'newest', { genres: ['Drama'] }],
  ['The newest titles of an unknown genre', 'newest', { genres: ['Opera'] }],
  ['The newest series', 'newest', { kind: 'series' }],
  ['The newest playable titles', 'newest', { isPlayableOnly: true }],
  ['The newest playable series of a genre', 'newest', { kind: 'series', genres: ['War'], isPlayableOnly: true }],
  ['The newest titles of a person', 'newest', { personId: PERSON_ID }],
  ['Titles by name after a cursor', 'name', {}, MIDDLE.name],
  [
    'Titles of a year by name, with a rare country',
    'name',
    { releaseYearFrom: 1990, releaseYearTo: 1990, countries: ['IS'] },
  ],
  ['The most popular titles after a cursor', 'popularity', {}, MIDDLE.popularity],
  ['The most popular short titles for children', 'popularity', { maximumAge: 7, runtimeMinutesTo: 61 }],
  ['The best titles after a cursor', 'score', {}, MIDDLE.score],
  [
    'The best titles of several genres, languages, and countries up to an age, after a cursor',
    'score',
    { genres: ['War', 'Music'], languages: ['ko', 'ja'], countries: ['JP', 'KR'], maximumAge: 13 },
    MIDDLE.score,
  ],
];
