import { S3ServiceException } from '@aws-sdk/client-s3';
import { CodedError } from '@viernes/contracts';

const THROTTLED: readonly string[] = ['SlowDown', 'TooManyRequests', 'RequestTimeout', 'ServiceUnavailable'];
const MISSING: readonly string[] = ['NoSuchKey', 'NotFound'];

/** Whether the store says that there is no such object. */
export function isObjectMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && MISSING.includes(error.name);
}

/** Whether the store says that there is no such upload in parts: completed, aborted, or never opened. */
export function isMultipartMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.name === 'NoSuchUpload' || error.name === 'NoSuchKey');
}

/** Whether the bucket is there already, ours or made a moment ago by another replica. */
export function isBucketThere(error: unknown): boolean {
  return error instanceof S3ServiceException && /^Bucket(AlreadyExists|AlreadyOwnedByYou)$/.test(error.name);
}

/** The store's failure as ours: away (no answer, or one of overload), else a fault of our own. */
export function toCodedError(error: unknown, operation: string): CodedError {
  const isRefusal =
    error instanceof S3ServiceException &&
    (error.$metadata.httpStatusCode ?? 500) < 500 &&
    !THROTTLED.includes(error.name);
  return new CodedError(isRefusal ? 'INTERNAL' : 'DEPENDENCY_UNAVAILABLE', { store: operation }, { cause: error });
}
