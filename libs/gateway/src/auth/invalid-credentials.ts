import { CodedError } from '@viernes/contracts';

/** Creates the error of credentials that a client has sent. Without credentials, UNAUTHENTICATED has no field error. */
export function invalidCredentials(path: 'accessToken' | 'apiKey', cause?: unknown): CodedError {
  return new CodedError('UNAUTHENTICATED', {}, { cause, fieldErrors: [{ path, reason: 'invalidOrExpired' }] });
}
