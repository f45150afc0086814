import { CodedError, type FieldError } from '@viernes/contracts';
import { XmlError } from './parse-xml.js';

/** Creates the error of an invalid body. */
export function toBodyError(error: Omit<FieldError, 'path'>, cause?: unknown): CodedError {
  return new CodedError('REQUEST_INVALID', {}, { cause, fieldErrors: [{ path: 'body', ...error }] });
}

/** @throws CodedError REQUEST_INVALID if the body is not UTF-8 */
export function decodeUtf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (error) {
    throw toBodyError({ reason: 'notUtf8' }, error);
  }
}

/** Runs a parser. @throws CodedError REQUEST_INVALID if the parser throws an XmlError */
export function withBodyError<Result>(parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    throw error instanceof XmlError ? toBodyError(error.fieldError, error.cause) : error;
  }
}
