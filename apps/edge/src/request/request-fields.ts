import { SLUG } from '@viernes/contracts';
import { fieldError } from '@viernes/platform';
import { z } from 'zod';

/**
 * The services validate text when they store it. The edge documents the same rules as patterns, so that generated clients
 * and the API fuzz test know them. Patterns use ranges instead of `\p{C}`, which not every generator can negate.
 */
const LINE_CHARACTER = '[^\\u0000-\\u001F\\u007F-\\u009F\\uFFFD\\u202A-\\u202E\\u2066-\\u2069]';
const LINE = `${LINE_CHARACTER}*(?!\\uFFFD)[\\p{L}\\p{N}\\p{P}\\p{S}]${LINE_CHARACTER}*`;
const LINE_WITH_LETTER_OR_DIGIT = `${LINE_CHARACTER}*[\\p{L}\\p{N}]${LINE_CHARACTER}*`;

/** Skips the patterns for longer text, because their run time is quadratic in its length. */
const ABORT = { abort: true } as const;

/** One line of visible text. Control characters and characters that change the text direction are invalid. */
export function textLine(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength, ABORT)
    .regex(new RegExp(`^${LINE}$`, 'u'), fieldError('line'));
}

/** Identifies a title or a person in a path. */
export const idOrSlug = z.string().max(120).regex(SLUG).describe('The ID or the slug');

/** The query of a page, for operations with an opaque cursor. */
export const pageQuery = {
  pageSize: z.coerce.number().int().min(1).max(100).optional(),
  cursor: z.string().max(200).optional().describe('`nextCursor` of the previous page'),
};

/** The cursor in a response. */
export const nextCursor = z.string().nullable().describe('Null on the last page');

const MAX_VALUES = 20;

/** A parameter that can be repeated: `genre=Drama&genre=War`. */
export function repeatable<Value extends z.ZodType>(value: Value) {
  const toArray = (parameter: unknown): unknown => (typeof parameter === 'string' ? [parameter] : parameter);
  return z.preprocess(toArray, z.array(value).max(MAX_VALUES)).optional();
}

/** Like `textLine`, but accepts empty text for a filter that is not set. */
export function optionalTextLine(maxLength: number) {
  return z
    .string()
    .trim()
    .max(maxLength, ABORT)
    .regex(new RegExp(`^(${LINE})?$`, 'u'), fieldError('line'));
}

export const genre = z
  .string()
  .trim()
  .min(1)
  .max(40, ABORT)
  .regex(new RegExp(`^${LINE_WITH_LETTER_OR_DIGIT}$`, 'u'), fieldError('genre'));

/** Text with line feeds and tabs. Rejects carriage returns. */
export const multilineText = z
  .string()
  .max(4_000)
  .regex(/^[^\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFFFD]*$/u, fieldError('controlCharacters'));

/** A password that the user service compares with the stored one. */
export const currentPassword = z.string().min(1).max(128);

/** Excludes U+FFFD, to which damaged UTF-8 is decoded: two different passwords would become equal. */
export const newPassword = z
  .string()
  .min(10)
  .max(128)
  .regex(/^[^\uFFFD]*$/u, fieldError('replacementCharacter'));

/** Stricter than zod's pattern, which accepts domain labels that end with a hyphen. */
const EMAIL =
  /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,63}|[Xx][Nn]--[A-Za-z0-9-]{1,58}[A-Za-z0-9])$/;
const LOCAL_PART = /^[^@]{1,64}@/;

/**
 * At most 64 characters before the @, and 254 in total (RFC 5321 section 4.5.3.1). Not the format `email`: validators
 * disagree about internationalized top-level domains.
 */
export const email = z
  .string()
  .regex(EMAIL, { ...ABORT, ...fieldError('email') })
  .max(254)
  .regex(LOCAL_PART, fieldError('emailLocalPart'));

/** The user service ignores whitespace around the email of a sign-in. */
export const trimmedEmail = z
  .string()
  .max(300, ABORT)
  .trim()
  .pipe(email)
  .meta({ maxLength: 254, allOf: [{ pattern: EMAIL.source }, { pattern: LOCAL_PART.source }] });

export const fileName = z
  .string()
  .trim()
  .min(1)
  .max(255, ABORT)
  .regex(new RegExp(`^(?!.*[/\\\\])${LINE}$`, 'u'), fieldError('fileName'));
