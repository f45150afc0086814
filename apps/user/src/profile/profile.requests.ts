import { z } from 'zod';

/** Control characters (PostgreSQL stores no NUL) and U+FFFD, which is what a lone surrogate became on its way here. */
const DAMAGED = /[\p{Cc}\p{Cs}\uFFFD]/u;

/** One line of 1 to 50 characters. */
export const profileName = z
  .string()
  .max(200)
  .transform((text) => text.normalize('NFC').trim())
  .pipe(z.string().min(1).max(50))
  .refine((text) => !DAMAGED.test(text), 'has characters that are not text');
