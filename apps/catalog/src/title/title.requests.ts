import { catalogV1 } from '@viernes/contracts';
import { pageSize, textLine } from '@viernes/platform';
import { z } from 'zod';
import type { TitleKind } from './title.js';

const KINDS: ReadonlyMap<number, TitleKind> = new Map([
  [catalogV1.TitleKind.TITLE_KIND_FILM, 'film'],
  [catalogV1.TitleKind.TITLE_KIND_SERIES, 'series'],
]);

const kind = z.number().transform((value, context) => {
  const known = KINDS.get(value);
  if (known) return known;
  context.addIssue('must be film or series');
  return z.NEVER;
});

const genre = textLine(1, 40).refine((text) => /[\p{L}\p{N}]/u.test(text), 'must contain a letter or a digit');

/** Characters that PostgreSQL or UTF-8 cannot store, and control characters other than line breaks and tabs. */
const UNSUPPORTED_CHARACTERS = /[\p{Cs}\uFFFD]|(?![\n\t])\p{Cc}/u;

const synopsis = z
  .string()
  .max(4_000)
  .transform((text) => text.normalize('NFC').trim())
  .refine((text) => !UNSUPPORTED_CHARACTERS.test(text), 'contains unsupported characters');

export const CreateTitleRequest = z.object({
  kind,
  name: textLine(1, 200),
  synopsis,
  /** 1888 is the year of the oldest surviving film. 2100 leaves room for announced titles. */
  releaseYear: z.number().int().min(1888).max(2100).optional(),
  genres: z
    .array(genre)
    .max(10)
    .transform((genres) => [...new Set(genres)]),
  directors: z.array(textLine(1, 100)).max(20),
  maturityRating: textLine(1, 20).optional(),
  runtimeMinutes: z.number().int().min(1).max(6_000).optional(),
  score: z.number().min(0).max(10).optional(),
  externalId: textLine(1, 200).optional(),
});

export type CreateTitleRequest = z.infer<typeof CreateTitleRequest>;

/** Accepts any text as ID. If it is not a UUID, the title does not exist. */
export const GetTitleRequest = z.object({ titleId: z.string() });

export type GetTitleRequest = z.infer<typeof GetTitleRequest>;

export const ListTitlesRequest = z.object({
  pageSize: pageSize(24, 100),
  cursor: z.string().max(200),
  query: textLine(0, 100),
  kind: z
    .number()
    .transform((value) => (value === catalogV1.TitleKind.TITLE_KIND_UNSPECIFIED ? undefined : value))
    .pipe(kind.optional()),
  genre: textLine(0, 40).transform((text) => text || undefined),
  playableOnly: z.boolean(),
});

export type ListTitlesRequest = z.infer<typeof ListTitlesRequest>;

export const BatchGetTitlesRequest = z.object({ titleIds: z.array(z.string().max(100)).max(100) });

export type BatchGetTitlesRequest = z.infer<typeof BatchGetTitlesRequest>;
