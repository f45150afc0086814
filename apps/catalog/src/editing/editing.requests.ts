import {
  ARTWORK_KINDS,
  ARTWORK_URL,
  COUNTRY_CODES,
  CREDIT_ROLES,
  LANGUAGE_TAG,
  MATURITY_RATING_NAMES,
  toSlug,
  type FieldError,
} from '@viernes/contracts';
import { fieldError, textLine, toFieldErrors, uuid } from '@viernes/platform';
import { z } from 'zod';
import { changePage } from '../change/change.requests.js';
import { MAX_CREDITS } from '../person/credit.js';
import { enumOf, multilineText, titleKind } from '../title/title.requests.js';

const genre = textLine(1, 40).refine((text) => /[\p{L}\p{N}]/u.test(text), fieldError('genre'));

const credit = z.object({
  personId: uuid.optional(),
  name: textLine(1, 100),
  role: enumOf(CREDIT_ROLES),
  character: textLine(1, 200).optional(),
});

const artwork = z.object({
  kind: enumOf(ARTWORK_KINDS),
  url: z.string().max(2_000).regex(ARTWORK_URL, fieldError('artworkUrl')),
  widthPx: z.number().int().min(1).max(20_000),
  heightPx: z.number().int().min(1).max(20_000),
  alternativeText: textLine(0, 300),
});

const availabilityWindow = z
  .object({ startsAt: z.iso.datetime(), endsAt: z.iso.datetime().optional() })
  .refine(({ startsAt, endsAt }) => endsAt === undefined || new Date(startsAt) < new Date(endsAt), {
    path: ['endsAt'],
    ...fieldError('endBeforeStart'),
  });

const titleInput = z.object({
  kind: titleKind,
  name: textLine(1, 200),
  synopsis: multilineText,
  /** 1888 is the year of the oldest surviving film. 2100 leaves room for announced titles. */
  releaseYear: z.number().int().min(1888).max(2100).optional(),
  genres: z
    .array(genre)
    .max(10)
    .transform((genres) => [...new Set(genres)]),
  credits: z.array(credit).max(MAX_CREDITS),
  maturityRating: z.enum(MATURITY_RATING_NAMES).optional(),
  runtimeMinutes: z.number().int().min(1).max(6_000).optional(),
  score: z.number().min(0).max(10).optional(),
  externalId: textLine(1, 200).optional(),
  slug: textLine(1, 120).transform(toSlug).pipe(z.string().min(1)).optional(),
  countries: z.array(z.enum(COUNTRY_CODES)).max(50),
  languages: z.array(z.string().regex(LANGUAGE_TAG, fieldError('languageTag'))).max(50),
  seasonCount: z.number().int().min(1).max(500).optional(),
  addedOn: z.iso.date().optional(),
  artwork: z.array(artwork).max(20),
  availability: z.array(availabilityWindow).max(20),
});

export const CreateTitleRequest = z.object({ title: titleInput });

export type CreateTitleRequest = z.infer<typeof CreateTitleRequest>;

/** Titles of an import are matched by their external ID. */
const importedInput = titleInput.extend({ externalId: textLine(1, 200) });

export type ImportedTitle =
  { readonly input: z.infer<typeof importedInput> } | { readonly problems: readonly FieldError[] };

/** Each title is validated separately, so that an invalid one does not reject the others. */
const importedTitle = z.unknown().transform((value): ImportedTitle => {
  const parsed = importedInput.safeParse(value);
  return parsed.success ? { input: parsed.data } : { problems: toFieldErrors(parsed.error.issues) };
});

export const ImportTitlesRequest = z.object({ titles: z.array(importedTitle).min(1).max(250), dryRun: z.boolean() });

export type ImportTitlesRequest = z.infer<typeof ImportTitlesRequest>;

const revision = z.number().int().min(1);

export const ReplaceTitleRequest = z.object({ titleId: uuid, revision, title: titleInput });

export type ReplaceTitleRequest = z.infer<typeof ReplaceTitleRequest>;

export const DeleteTitleRequest = z.object({ titleId: uuid, revision });

export type DeleteTitleRequest = z.infer<typeof DeleteTitleRequest>;

export const RestoreTitleRequest = z.object({ titleId: uuid });

export type RestoreTitleRequest = z.infer<typeof RestoreTitleRequest>;

export const ListTitleChangesRequest = z.object({
  titleId: uuid,
  ...changePage,
});

export type ListTitleChangesRequest = z.infer<typeof ListTitleChangesRequest>;
