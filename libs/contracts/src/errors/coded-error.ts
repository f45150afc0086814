import type { ErrorCode } from './error-table.js';

/** What is wrong with one field of a request: `path` as in `genres.0`. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/**
 * An expected failure. Its code decides what the caller sees; message, details and cause stay in our logs. `fieldErrors`
 * is the one exception: it tells the sender of an invalid request what to mend, and reaches them.
 */
export class CodedError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details: Readonly<Record<string, string | number | boolean>> = {},
    options: { readonly cause?: unknown; readonly fieldErrors?: readonly FieldError[] } = {},
  ) {
    super(`${code} ${JSON.stringify(details)}`, { cause: options.cause });
    this.name = 'CodedError';
    this.fieldErrors = options.fieldErrors ?? [];
  }

  readonly fieldErrors: readonly FieldError[];
}

const TRANSIENT: readonly ErrorCode[] = ['DEPENDENCY_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'OVERLOADED'];

/** Whether an error is the platform's own trouble of this moment: the same work may well succeed a little later. */
export function isTransient(error: unknown): error is CodedError {
  return error instanceof CodedError && TRANSIENT.includes(error.code);
}
