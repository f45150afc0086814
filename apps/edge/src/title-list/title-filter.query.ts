import { CREDIT_ROLES, LANGUAGE_TAG } from '@viernes/contracts';
import { fieldError, uuid } from '@viernes/platform';
import { z } from 'zod';
import { optionalTextLine, repeatable } from '../request/request-fields.js';
import { countryCode, titleKind } from '../title/title.schema.js';

/** An optional integer. Empty text means that the parameter is not set, instead of 0. */
function integer(min: number, max: number) {
  return z
    .preprocess((text) => (text === '' ? undefined : text), z.coerce.number().int().min(min).max(max).optional())
    .optional();
}

/** The conditions of lists of titles. */
const titleFilterQuery = {
  kind: titleKind.optional(),
  genre: repeatable(optionalTextLine(40)).describe('Titles of any of these genres'),
  person: uuid.optional().describe('Titles that credit this person'),
  role: z.enum(CREDIT_ROLES).optional().describe('Only titles in which `person` has this role. Requires `person`.'),
  country: repeatable(countryCode).describe('Titles of any of these countries'),
  language: repeatable(z.string().regex(LANGUAGE_TAG)).describe('Titles in any of these languages (BCP 47 tags)'),
  yearFrom: integer(1, 9_999).describe('Earliest year of release'),
  yearTo: integer(1, 9_999).describe('Latest year of release'),
  maximumAge: integer(0, 21).describe('Excludes titles for older viewers, and unrated titles'),
  runtimeFrom: integer(0, 100_000).describe('Minimum runtime in minutes'),
  runtimeTo: integer(0, 100_000).describe('Maximum runtime in minutes'),
  playable: z.enum(['true', 'false']).optional().describe('`true` returns only titles that can be played now'),
};

export type TitleFilterQuery = z.infer<z.ZodObject<typeof titleFilterQuery>>;

export const TITLE_FILTER_PARAMETERS = Object.keys(titleFilterQuery) as (keyof TitleFilterQuery)[];

/** The parameters that select the titles of a list. */
export const titleSelectionQuery = {
  query: optionalTextLine(100)
    .optional()
    .describe('Words of the name, the people, or the synopsis. Tolerates typing errors.'),
  ...titleFilterQuery,
};

/** Whether `person` is present if `role` requires it. The OpenAPI document can state this condition only in words. */
export function hasRequiredPerson({ person, role }: Pick<TitleFilterQuery, 'person' | 'role'>): boolean {
  return role === undefined || person !== undefined;
}

export const PERSON_MISSING = { path: ['role'], ...fieldError('personRequired') };
