import { catalogV1 } from '@viernes/contracts';
import { pageSize, textLine } from '@viernes/platform';
import { z } from 'zod';
import type { TitleKind } from './title.js';

/** As textLine has it, but for line breaks and tabs. */
const DAMAGED_LINES = /[\p{Cs}\uFFFD]|(?![\n\t])\p{Cc}/u;

const genre = textLine(1, 40).refine((text) => /[\p{L}\p{N}]/u.test(text), 'needs a letter or a digit');

const KINDS: Readonly<Record<number, TitleKind>> = {
  [catalogV1.TitleKind.TITLE_KIND_FILM]: 'film',
  [catalogV1.TitleKind.TITLE_KIND_SERIES]: 'series',
};

const kind = z
  .number()
  .refine((value) => Object.hasOwn(KINDS, value), 'must be film or series')
  .transform((value) => KINDS[value] as TitleKind);

export const titleId = z.uuid().transform((id) => id.toLowerCase());

/** 1888 is the year of the oldest film there is; the upper bound leaves room for what is announced. */
export const newTitle = z.object({
  kind,
  name: textLine(1, 200),
  synopsis: z
    .string()
    .max(4_000)
    .transform((text) => text.normalize('NFC').trim())
    .refine((text) => !DAMAGED_LINES.test(text), 'has characters that are not text'),
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

export const titlesPage = z.object({
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

export type TitlesPage = z.infer<typeof titlesPage>;

/** Ids that cannot be a title's are no fault here: they are unknown, and left out like any other. */
export const titleBatch = z.object({
  titleIds: z
    .array(z.string().max(100))
    .max(100)
    .transform((ids) => ids.flatMap((id) => titleId.safeParse(id).data ?? [])),
});
