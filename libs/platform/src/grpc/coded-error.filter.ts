import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';
import { toServiceError } from './error-translation.js';

/** The one way an error leaves a gRPC service. It was logged where the call ended (CallInterceptor). */
@Catch()
export class CodedErrorFilter implements RpcExceptionFilter<unknown> {
  catch(error: unknown): Observable<never> {
    return throwError(() => toServiceError(error));
  }
}
