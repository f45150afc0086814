import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { CodedError, ERRORS, isErrorCode, type ErrorCode, type FieldError } from '@viernes/contracts';
import { METADATA } from './metadata-keys.js';

/** What a status means when the other side gave no code: it never got to our code, or is not ours. */
const BY_STATUS: Partial<Record<status, ErrorCode>> = {
  [status.UNAVAILABLE]: 'DEPENDENCY_UNAVAILABLE',
  [status.DEADLINE_EXCEEDED]: 'DEADLINE_EXCEEDED',
  [status.CANCELLED]: 'DEADLINE_EXCEEDED',
  [status.RESOURCE_EXHAUSTED]: 'OVERLOADED',
};

/** How an error leaves a service: its row's status and title, the code beside it, and nothing of its message or cause. */
export function toServiceError(error: unknown): Pick<ServiceError, 'code' | 'details' | 'metadata'> {
  const coded = error instanceof CodedError ? error : new CodedError('INTERNAL', {}, { cause: error });
  const { grpc, title } = ERRORS[coded.code];
  const metadata = new Metadata();
  metadata.set(METADATA.errorCode, coded.code);
  if (coded.fieldErrors.length > 0) metadata.set(METADATA.fieldErrors, Buffer.from(JSON.stringify(coded.fieldErrors)));
  return { code: grpc, details: title, metadata };
}

/** The same error on the caller's side. The transport's own failures become codes too. */
export function fromServiceError(error: ServiceError, method: string): CodedError {
  const named = String(error.metadata?.get(METADATA.errorCode)[0] ?? '');
  const code = isErrorCode(named) ? named : (BY_STATUS[error.code] ?? 'INTERNAL');
  return new CodedError(code, { method }, { cause: error, fieldErrors: toFieldErrors(error) });
}

function toFieldErrors(error: ServiceError): readonly FieldError[] {
  const bytes = error.metadata?.get(METADATA.fieldErrors)[0];
  return bytes instanceof Buffer ? (JSON.parse(bytes.toString('utf8')) as FieldError[]) : [];
}
