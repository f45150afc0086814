import { ERRORS, isErrorCode, type ErrorCode, type FieldError } from '@viernes/contracts';

export const PROBLEM_TYPE = 'application/problem+json';

/** An error as a client sees it (RFC 9457, with `code`, `traceId` and `errors` as extension members). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  /** The path asked for, without its query: that may carry a token. */
  readonly instance: string;
  readonly traceId: string;
  readonly errors?: readonly FieldError[];
}

export interface ProblemContext {
  readonly url: string;
  readonly traceId: string;
  readonly fieldErrors?: readonly FieldError[];
}

/** The problem of a code. Nothing of an error's message, details or cause is in it. */
export function toProblem(code: ErrorCode, { url, traceId, fieldErrors = [] }: ProblemContext): Problem {
  const { title, http } = ERRORS[code];
  const instance = url.split('?', 1)[0] ?? url;
  return {
    type: `/problems/${toSlug(code)}`,
    title,
    status: http,
    code,
    instance,
    traceId,
    ...(fieldErrors.length > 0 && { errors: fieldErrors }),
  };
}

/** `title-not-found` of TITLE_NOT_FOUND. */
export function toSlug(code: ErrorCode): string {
  return code.toLowerCase().replaceAll('_', '-');
}

/** The code that a problem's type names, or undefined where it is none of ours. */
export function fromSlug(slug: string): ErrorCode | undefined {
  const code = slug.toUpperCase().replaceAll('-', '_');
  return isErrorCode(code) && toSlug(code) === slug ? code : undefined;
}
