import { ERRORS, isErrorCode, type ErrorCode, type FieldError } from '@viernes/contracts';
import { isFieldErrorReason } from '@viernes/platform';
import { getProblemTitle, translate } from '@viernes/translations';

export const PROBLEM_TYPE = 'application/problem+json';
export const PROBLEM_XML_TYPE = 'application/problem+xml';

/** Problem details (RFC 9457) with the extension members `code`, `traceId` and `errors`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  /** Path of the request without its query, which can contain a token. */
  readonly instance: string;
  readonly traceId: string;
  readonly errors?: TranslatedFieldError[];
}

/** An invalid field with the text for the client. */
export interface TranslatedFieldError {
  readonly path: string;
  readonly message: string;
}

export interface ProblemContext {
  readonly url: string;
  readonly traceId: string;
  readonly fieldErrors?: readonly FieldError[];
  /** The language of the title and the messages. Default: English. */
  readonly language?: string;
}

/** Builds problem details from the error table. They contain no message, details or cause of an error. */
export function toProblem(code: ErrorCode, { url, traceId, fieldErrors = [], language }: ProblemContext): Problem {
  const instance = url.split('?', 1)[0] ?? url;
  return {
    type: `/problems/${toSlug(code)}`,
    title: getProblemTitle(code, language),
    status: ERRORS[code].http,
    code,
    instance,
    traceId,
    ...(fieldErrors.length > 0 && { errors: translateFieldErrors(fieldErrors, language) }),
  };
}

/** @param language default: English */
export function translateFieldErrors(errors: readonly FieldError[], language?: string): TranslatedFieldError[] {
  return errors.map(({ path, reason, values }) => ({
    path,
    // A newer service can have reasons without a text in this version.
    message: translate(`fieldErrors.${isFieldErrorReason(reason) ? reason : 'invalid'}`, values, language),
  }));
}

/** Returns `title-not-found` for TITLE_NOT_FOUND. */
export function toSlug(code: ErrorCode): string {
  return code.toLowerCase().replaceAll('_', '-');
}

/** @returns the code of a problem type, or undefined if the type is unknown */
export function fromSlug(slug: string): ErrorCode | undefined {
  const code = slug.toUpperCase().replaceAll('-', '_');
  return isErrorCode(code) && toSlug(code) === slug ? code : undefined;
}
