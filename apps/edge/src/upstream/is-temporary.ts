import { CodedError, ERRORS } from '@viernes/contracts';

/**
 * Whether a stream that failed with this error can succeed later. A service that exits during a stream can also cause an
 * INTERNAL error without an error code.
 */
export function isTemporary(error: unknown): boolean {
  return error instanceof CodedError && (ERRORS[error.code].retry === 'later' || error.code === 'INTERNAL');
}
