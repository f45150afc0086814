import { z } from 'zod';

/** Control characters (PostgreSQL stores no NUL), and U+FFFD: what a lone surrogate or broken UTF-8 became on its way here. */
const DAMAGED = /[\p{Cc}\p{Cs}\uFFFD]/u;

/** Controls that turn the direction of what follows: with them a text shows as another one than it is (UTR 36). */
const TURNED = /[\u202A-\u202E\u2066-\u2069]/u;

/** Anything that leaves a mark on a page, not only joiners and spaces of no width. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** One line of text for people: NFC, trimmed, `min` to `max` UTF-16 units long, of characters that are text and can be seen. */
export function textLine(min: number, max: number) {
  return z
    .string()
    .max(4 * max)
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(min).max(max))
    .refine((text) => !DAMAGED.test(text) && !TURNED.test(text), 'has characters that are not text')
    .refine((text) => text === '' || VISIBLE.test(text), 'has nothing that can be seen');
}

/** How many entries a page may have; 0, which protobuf says for a field that is not set, means `usual`. */
export function pageSize(usual: number, max: number) {
  return z
    .number()
    .int()
    .min(0)
    .max(max)
    .transform((size) => size || usual);
}

/** A moment as contracts write it: ISO 8601 in UTC. */
export const moment = z.iso.datetime().transform((text) => new Date(text));

/** An identifier as PostgreSQL stores it: any UUID, of any version, in lower case. */
export const uuid = z.guid().toLowerCase();
