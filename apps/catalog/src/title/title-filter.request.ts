import { COUNTRY_CODES, CREDIT_ROLES, LANGUAGE_TAG } from '@viernes/contracts';
import { fieldError, textLine, uuid } from '@viernes/platform';
import { z } from 'zod';
import { isEditor } from '../audience/is-editor.js';
import { enumOf, TITLE_KINDS } from './title.requests.js';
import type { TitleFilter } from './title.js';

const MAX_VALUES = 20;
const year = z.number().int().min(1).max(9_999).optional();
const minutes = z.number().int().min(0).max(100_000).optional();

/** The empty text is the protobuf value of an unset field. */
const personId = z.union([z.literal('').transform(() => undefined), uuid]);

/** Accepts an enum. 0 is the protobuf value of an unset field. */
function optionalEnum<const Name extends string>(names: readonly Name[]) {
  return z
    .number()
    .transform((value) => (value === 0 ? undefined : value))
    .pipe(enumOf(names).optional());
}

/** The filter of a list. An unset filter does not restrict the list. */
export const titleFilter = z
  .object({
    kind: optionalEnum(TITLE_KINDS),
    genres: z.array(textLine(1, 40)).max(MAX_VALUES),
    personId,
    role: optionalEnum(CREDIT_ROLES),
    countries: z.array(z.enum(COUNTRY_CODES)).max(MAX_VALUES),
    languages: z.array(z.string().regex(LANGUAGE_TAG, fieldError('languageTag'))).max(MAX_VALUES),
    releaseYearFrom: year,
    releaseYearTo: year,
    maximumAge: z.number().int().min(0).max(21).optional(),
    runtimeMinutesFrom: minutes,
    runtimeMinutesTo: minutes,
    playableOnly: z.boolean(),
    includeHidden: z.boolean(),
  })
  .refine(({ personId, role }) => role === undefined || personId !== undefined, {
    path: ['role'],
    ...fieldError('personRequired'),
  })
  .transform(({ playableOnly, includeHidden, ...filter }): TitleFilter => ({
    ...filter,
    isPlayableOnly: playableOnly,
    includesHidden: includeHidden && isEditor(),
  }))
  .optional()
  .transform((filter): TitleFilter => filter ?? {});
