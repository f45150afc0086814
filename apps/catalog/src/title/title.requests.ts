import { catalogV1 } from '@viernes/contracts';
import { z } from 'zod';
import type { TitleKind } from './title.js';

const KINDS: ReadonlyMap<number, TitleKind> = new Map([
  [catalogV1.TitleKind.TITLE_KIND_FILM, 'film'],
  [catalogV1.TitleKind.TITLE_KIND_SERIES, 'series'],
]);

export const titleKind = z.number().transform((value, context) => {
  const known = KINDS.get(value);
  if (known) return known;
  context.addIssue('must be film or series');
  return z.NEVER;
});

/** Characters that PostgreSQL or UTF-8 cannot store, and control characters other than line breaks and tabs. */
const UNSUPPORTED_CHARACTERS = /[\p{Cs}\uFFFD]|(?![\n\t])\p{Cc}/u;

/** Text with line breaks, such as a synopsis. */
export const multilineText = z
  .string()
  .max(4_000)
  .transform((text) => text.normalize('NFC').trim())
  .refine((text) => !UNSUPPORTED_CHARACTERS.test(text), 'contains unsupported characters');

/** Accepts any text. If it is neither the ID nor the slug of a title, the title does not exist. */
export const GetTitleRequest = z.object({ titleId: z.string() });

export type GetTitleRequest = z.infer<typeof GetTitleRequest>;

export const BatchGetTitlesRequest = z.object({ titleIds: z.array(z.string().max(100)).max(100) });

export type BatchGetTitlesRequest = z.infer<typeof BatchGetTitlesRequest>;
