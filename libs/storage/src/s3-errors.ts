import { S3ServiceException } from '@aws-sdk/client-s3';
import { CodedError } from '@viernes/contracts';

const THROTTLED: readonly string[] = ['SlowDown', 'TooManyRequests', 'RequestTimeout', 'ServiceUnavailable'];
const MISSING: readonly string[] = ['NoSuchKey', 'NotFound'];

/** Returns whether the object does not exist, or the bucket of a HeadBucket request. */
export function isObjectMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && MISSING.includes(error.name);
}

/** Returns whether the multipart upload does not exist: it is completed, aborted, or unknown. */
export function isMultipartMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.name === 'NoSuchUpload' || error.name === 'NoSuchKey');
}

/** Returns whether the bucket already exists, for example because another replica has just created it. */
export function isBucketExisting(error: unknown): boolean {
  return error instanceof S3ServiceException && /^Bucket(AlreadyExists|AlreadyOwnedByYou)$/.test(error.name);
}

/** Maps a failure to DEPENDENCY_UNAVAILABLE (no response, server error, throttling) or INTERNAL (rejected request). */
export function toCodedError(error: unknown, operation: string): CodedError {
  const isRejected =
    error instanceof S3ServiceException &&
    (error.$metadata.httpStatusCode ?? 500) < 500 &&
    !THROTTLED.includes(error.name);
  return new CodedError(isRejected ? 'INTERNAL' : 'DEPENDENCY_UNAVAILABLE', { store: operation }, { cause: error });
}
