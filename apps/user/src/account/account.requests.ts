import { z } from 'zod';
import { profileName } from '../profile/profile.requests.js';

/** Lone surrogates, and what they become on their way here: two different passwords would look the same. */
const DAMAGED = /[\p{Cs}\uFFFD]/u;

/** At most 254 characters (RFC 5321, 4.5.3.1.3), ASCII; compared without case. */
export const email = z
  .string()
  .max(300)
  .transform((text) => text.trim())
  .pipe(z.email().max(254))
  .transform((text) => text.toLowerCase());

/**
 * 10 to 128 characters, any of them, none forced (NIST SP 800-63B, 5.1.1.2). NFKC, so that two keyboards write the same
 * password; the upper bound keeps the work of hashing small.
 */
export const newPassword = z
  .string()
  .max(1_024)
  .refine((text) => !DAMAGED.test(text), 'has characters that are not text')
  .transform((text) => text.normalize('NFKC'))
  .refine((text) => [...text].length >= 10, 'must have at least 10 characters')
  .refine((text) => [...text].length <= 128, 'must have at most 128 characters');

export const newAccount = z.object({ email, password: newPassword, profileName });
