import type { TextKey, TextValues } from '@viernes/translations';
import type { ErrorCode } from './error-table.js';

/** The reason of an invalid field. Each one has a text in `fieldErrors` of the translations. */
export type FieldErrorReason = TextKey extends infer Key
  ? Key extends `fieldErrors.${infer Reason}`
    ? Reason
    : never
  : never;

/** An invalid field of a request. The edge translates it for the client. */
export interface FieldError {
  /** Names separated by dots: `genres.0`. */
  readonly path: string;
  readonly reason: FieldErrorReason;
  /** The values of the placeholders in the text. */
  readonly values?: TextValues;
}

/**
 * An expected failure. Clients receive its code and its `fieldErrors`, which state how to correct an invalid request.
 * Message, details, and cause appear only in the logs.
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

/** Whether an error has a temporary cause in the platform, so that the same work can succeed later. */
export function isTransient(error: unknown): error is CodedError {
  return error instanceof CodedError && TRANSIENT.includes(error.code);
}
