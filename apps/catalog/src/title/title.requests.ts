import { fieldError, uuid } from '@viernes/platform';
import { z } from 'zod';

/** Accepts a protobuf enum, whose numbers are the positions in the list of names, starting with 1. */
export function enumOf<const Name extends string>(names: readonly Name[]) {
  return z.number().transform((value, context) => {
    const name = names[value - 1];
    if (name !== undefined) return name;
    const { error: message, params } = fieldError('options', { options: names.join(', ') });
    context.addIssue({ code: 'custom', message, params });
    return z.NEVER;
  });
}

export const TITLE_KINDS = ['film', 'series'] as const;

export const titleKind = enumOf(TITLE_KINDS);

/** Lone surrogates, U+FFFD, which replaces invalid UTF-8, and control characters other than line feeds and tabs. */
const UNSUPPORTED_CHARACTERS = /[\p{Cs}\uFFFD]|(?![\n\t])\p{Cc}/u;

/** Text with line feeds, such as a synopsis. */
export const multilineText = z
  .string()
  .max(4_000)
  .transform((text) => text.normalize('NFC').trim())
  .refine((text) => !UNSUPPORTED_CHARACTERS.test(text), fieldError('unsupportedCharacters'));

/** Accepts any text. If it is neither the ID nor the slug of a title, the title does not exist. */
export const GetTitleRequest = z.object({ titleId: z.string() });

export type GetTitleRequest = z.infer<typeof GetTitleRequest>;

export const GetTitleBatchRequest = z.object({ requests: z.array(GetTitleRequest).max(100) });

export type GetTitleBatchRequest = z.infer<typeof GetTitleBatchRequest>;

export const CheckVisibilityRequest = z.object({ id: uuid });

export type CheckVisibilityRequest = z.infer<typeof CheckVisibilityRequest>;

export const BatchGetTitlesRequest = z.object({ titleIds: z.array(z.string().max(100)).max(100) });

export type BatchGetTitlesRequest = z.infer<typeof BatchGetTitlesRequest>;
