import { domainToASCII } from 'node:url';
import { fieldError, textLine } from '@viernes/platform';
import { z } from 'zod';
import { DEFAULT_LANGUAGE, LANGUAGES } from '@viernes/translations';

/** A top-level domain consists of letters, or is the ASCII form of an internationalized one. */
const EMAIL =
  /^(?!\.)(?!.*\.\.)[a-z0-9_'+.-]*[a-z0-9_+-]@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/;

/**
 * Up to 254 characters (RFC 5321, section 4.5.3.1.3), in a normal form that is the same for each spelling: trimmed, in
 * lower case, and with an internationalized domain in ASCII (UTS 46: `bücher.example` is `xn--bcher-kva.example`). The
 * part before the @ is ASCII. It is not interpreted, so `a.b` and `ab` are different.
 */
export const email = z
  .string()
  .max(300)
  .transform(toNormalForm)
  .pipe(z.email({ pattern: EMAIL }).max(254));

function toNormalForm(text: string): string {
  const [local = '', ...domain] = text.trim().toLowerCase().split('@');
  const host = domain.join('@');
  return `${local}@${domainToASCII(host) || host}`;
}

/** Lone surrogates, and U+FFFD, which replaces them in transit. They would make different passwords equal. */
const UNSUPPORTED_CHARACTERS = /[\p{Cs}\uFFFD]/u;

/**
 * 10 to 128 characters without composition rules (NIST SP 800-63B, section 5.1.1.2). NFKC makes input from different
 * keyboards equal. The maximum limits the work of hashing.
 */
export const newPassword = z
  .string()
  .max(1_024)
  .refine((text) => !UNSUPPORTED_CHARACTERS.test(text), fieldError('unsupportedCharacters'))
  .transform((text) => text.normalize('NFKC'))
  .refine((text) => [...text].length >= 10, fieldError('minLength', { count: 10 }))
  .refine((text) => [...text].length <= 128, fieldError('maxLength', { count: 128 }));

const language = z.enum(LANGUAGES).default(DEFAULT_LANGUAGE);

/** A presented password, normalized like a new one. The length only limits the work. */
export const password = z
  .string()
  .min(1)
  .max(1_024)
  .transform((text) => text.normalize('NFKC'));

export const CreateAccountRequest = z.object({ email, password: newPassword, profileName: textLine(1, 50), language });

export type CreateAccountRequest = z.infer<typeof CreateAccountRequest>;

/** A token of a link in a mail. */
export const linkToken = z.string().min(1).max(200);

export const VerifyEmailRequest = z.object({ token: linkToken });

export type VerifyEmailRequest = z.infer<typeof VerifyEmailRequest>;

export const ChangeEmailRequest = z.object({ password, email });

export type ChangeEmailRequest = z.infer<typeof ChangeEmailRequest>;
