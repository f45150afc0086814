import { HttpException } from '@nestjs/common';
import { CodedError, type ErrorCode } from '@viernes/contracts';

/** Codes for errors of Fastify and NestJS, which reject some requests before a handler runs. */
const CODE_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'ROUTE_NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'BODY_TOO_LARGE',
  415: 'MEDIA_TYPE_UNSUPPORTED',
  429: 'RATE_LIMITED',
  503: 'OVERLOADED',
};

/** Converts any error to a CodedError. An unknown error becomes INTERNAL with the error as its cause. */
export function fromFrameworkError(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  return new CodedError(toCode(getStatus(error)), {}, { cause: error });
}

function toCode(status: number): ErrorCode {
  return CODE_BY_STATUS[status] ?? (status >= 400 && status < 500 ? 'REQUEST_INVALID' : 'INTERNAL');
}

function getStatus(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const hasStatus = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
  return hasStatus ? Number(error.statusCode) : 500;
}
