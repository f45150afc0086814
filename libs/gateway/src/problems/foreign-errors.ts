import { HttpException } from '@nestjs/common';
import { CodedError, type ErrorCode } from '@viernes/contracts';

/** What the framework refuses before our code runs. */
const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'ROUTE_NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'BODY_TOO_LARGE',
  415: 'MEDIA_TYPE_UNSUPPORTED',
  429: 'RATE_LIMITED',
  503: 'OVERLOADED',
};

/** Any error as one of ours; what is unknown becomes INTERNAL with the error as its cause. */
export function codedErrorOf(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  return new CodedError(codeOf(statusOf(error)), {}, { cause: error });
}

function codeOf(status: number): ErrorCode {
  return BY_STATUS[status] ?? (status >= 400 && status < 500 ? 'REQUEST_INVALID' : 'INTERNAL');
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const isNumbered = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
  return isNumbered ? Number(error.statusCode) : 500;
}
