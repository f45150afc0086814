import { textLine } from '@viernes/platform';
import { z } from 'zod';
import { DEFAULT_LANGUAGE, LANGUAGES } from '@viernes/translations';

/** ASCII, up to 254 characters (RFC 5321, section 4.5.3.1.3). Converted to lower case. */
export const email = z
  .string()
  .max(300)
  .transform((text) => text.trim())
  .pipe(z.email().max(254))
  .transform((text) => text.toLowerCase());

/** Lone surrogates, and U+FFFD, which replaces them in transit. They would make different passwords equal. */
const UNSUPPORTED_CHARACTERS = /[\p{Cs}\uFFFD]/u;

/**
 * 10 to 128 characters without composition rules (NIST SP 800-63B, section 5.1.1.2). NFKC makes input from different
 * keyboards equal. The maximum limits the work of hashing.
 */
export const newPassword = z
  .string()
  .max(1_024)
  .refine((text) => !UNSUPPORTED_CHARACTERS.test(text), 'contains unsupported characters')
  .transform((text) => text.normalize('NFKC'))
  .refine((text) => [...text].length >= 10, 'must have at least 10 characters')
  .refine((text) => [...text].length <= 128, 'must have at most 128 characters');

const language = z.enum(LANGUAGES).default(DEFAULT_LANGUAGE);

export const CreateAccountRequest = z.object({ email, password: newPassword, profileName: textLine(1, 50), language });

export type CreateAccountRequest = z.infer<typeof CreateAccountRequest>;

/** A token of a link in a mail. */
export const linkToken = z.string().min(1).max(200);

export const VerifyEmailRequest = z.object({ token: linkToken });

export type VerifyEmailRequest = z.infer<typeof VerifyEmailRequest>;
