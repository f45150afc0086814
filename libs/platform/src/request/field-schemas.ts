import { z } from 'zod';
import { fieldError } from './field-errors.js';

/** Control characters (PostgreSQL cannot store NUL), lone surrogates, and U+FFFD, which replaces invalid UTF-8. */
const UNSUPPORTED_CHARACTERS = /[\p{Cc}\p{Cs}\uFFFD]/u;

/** Bidirectional controls, which can display a text as a different one (UTR 36). */
const BIDI_CONTROL = /[\u202A-\u202E\u2066-\u2069]/u;

/** Visible characters, unlike joiners and zero-width spaces. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * One line of human-readable text: visible characters, normalized to NFC, trimmed, `min` to `max` UTF-16 code units
 * long.
 */
export function textLine(min: number, max: number) {
  return z
    .string()
    .max(4 * max)
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(min).max(max))
    .refine(
      (text) => !UNSUPPORTED_CHARACTERS.test(text) && !BIDI_CONTROL.test(text),
      fieldError('unsupportedCharacters'),
    )
    .refine((text) => text === '' || VISIBLE.test(text), fieldError('visibleCharacters'));
}

/** The page size of a list. 0, the protobuf value of an unset field, selects the default. */
export function pageSize(defaultSize: number, max: number) {
  return z
    .number()
    .int()
    .min(0)
    .max(max)
    .transform((size) => size || defaultSize);
}

/** A timestamp in the format of the contracts: ISO 8601 in UTC. */
export const timestamp = z.iso.datetime().transform((text) => new Date(text));

/** A UUID of any version, converted to lower case, as PostgreSQL returns it. */
export const uuid = z.guid().toLowerCase();
