import { Metadata, status, type ServerUnaryCall, type ServiceError } from '@grpc/grpc-js';
import { Catch, type ArgumentsHost, type RpcExceptionFilter } from '@nestjs/common';
import { CodedError, ERRORS, isErrorCode, type ErrorCode, type FieldError } from '@viernes/contracts';
import { getProblemTitle } from '@viernes/translations';
import { throwError, type Observable } from 'rxjs';
import type { Logger } from '../logging/logger.js';
import { METADATA } from './call-metadata.js';

/** The codes of errors that did not come from our services, but from the transport or a server of another kind. */
const BY_STATUS: Partial<Record<status, ErrorCode>> = {
  [status.UNAVAILABLE]: 'DEPENDENCY_UNAVAILABLE',
  [status.DEADLINE_EXCEEDED]: 'DEADLINE_EXCEEDED',
  [status.CANCELLED]: 'DEADLINE_EXCEEDED',
  [status.RESOURCE_EXHAUSTED]: 'OVERLOADED',
};

/**
 * Clients do not retry a call with less time left than this, in milliseconds: the deadline could pass during the
 * back-off, which would hide the cause of the failure. Equal to the maximum back-off of serviceConfig.
 */
const MIN_RETRY_MS = 500;

/**
 * Converts an error to its gRPC form: its status, English title, and code. Omits its message and cause.
 *
 * @param remainingMs time until the deadline of the call
 * @see gRFC A6, pushback: a negative value prevents retries by the client
 */
function toServiceError(error: unknown, remainingMs: number): Pick<ServiceError, 'code' | 'details' | 'metadata'> {
  const coded = error instanceof CodedError ? error : new CodedError('INTERNAL', {}, { cause: error });
  const { grpc } = ERRORS[coded.code];
  const metadata = new Metadata();
  metadata.set(METADATA.errorCode, coded.code);
  if (remainingMs < MIN_RETRY_MS) metadata.set('grpc-retry-pushback-ms', '-1');
  if (coded.fieldErrors.length > 0) metadata.set(METADATA.fieldErrors, Buffer.from(JSON.stringify(coded.fieldErrors)));
  return { code: grpc, details: getProblemTitle(coded.code), metadata };
}

const ALERTING_CODES: readonly ErrorCode[] = ['INTERNAL', 'TRANSCODE_FAILED'];

/** Logs and converts every error that leaves a controller. */
@Catch()
export class CodedErrorFilter implements RpcExceptionFilter<unknown> {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): Observable<never> {
    const call = host.getArgByIndex<ServerUnaryCall<unknown, unknown>>(2);
    const code = error instanceof CodedError ? error.code : 'INTERNAL';
    const level = ALERTING_CODES.includes(code) ? 'error' : 'info';
    this.logger[level]({ method: call.getPath(), code, err: error }, 'call failed');
    return throwError(() => toServiceError(error, Number(call.getDeadline()) - Date.now()));
  }
}

/** Returns the code that a server of the platform sent with an error. */
export function readErrorCode(error: unknown): string | undefined {
  const { metadata } = error as Partial<ServiceError>;
  return metadata?.get(METADATA.errorCode)[0]?.toString();
}

/**
 * Converts a gRPC error back to the CodedError that the service threw, or to the code of a failure of the transport.
 *
 * @param isConnected whether the client has a connection to a server
 */
export function fromServiceError(error: ServiceError, method: string, isConnected: boolean): CodedError {
  const sent = readErrorCode(error);
  const isUnreachable = error.code === status.DEADLINE_EXCEEDED && !isConnected;
  const transportCode = isUnreachable ? 'DEPENDENCY_UNAVAILABLE' : (BY_STATUS[error.code] ?? 'INTERNAL');
  const code = sent !== undefined && isErrorCode(sent) ? sent : transportCode;
  return new CodedError(code, { method }, { cause: error, fieldErrors: toFieldErrors(error) });
}

function toFieldErrors(error: ServiceError): readonly FieldError[] {
  const bytes = error.metadata?.get(METADATA.fieldErrors)[0];
  return bytes instanceof Buffer ? (JSON.parse(bytes.toString('utf8')) as FieldError[]) : [];
}
