import type { ServerUnaryCall } from '@grpc/grpc-js';
import { Metadata } from '@grpc/grpc-js';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { finalize, Observable, tap } from 'rxjs';
import { runInContext } from '../context/request-context.js';
import type { Logger } from '../logging/logger.js';
import { callOf } from './call-metadata.js';
import { measureCall } from './call-metrics.js';

const CODES_WORTH_AN_ALARM: readonly string[] = ['INTERNAL', 'TRANSCODE_FAILED'];

/** Runs each gRPC call in its context (trace, caller, deadline), measures it, and logs its failure once. */
export class CallInterceptor implements NestInterceptor {
  constructor(private readonly logger: Logger) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const metadata = context.getArgByIndex<Metadata | undefined>(1) ?? new Metadata();
    const call = context.getArgByIndex<ServerUnaryCall<unknown, unknown> | undefined>(2);
    const method = context.getHandler().name;
    return new Observable((subscriber) =>
      runInContext(callOf(metadata, call?.getDeadline() ?? Infinity), () => {
        const ended = measureCall(call?.getPath() ?? '');
        return next
          .handle()
          .pipe(
            tap({
              complete: () => ended('OK'),
              error: (error: unknown) => {
                const code = error instanceof CodedError ? error.code : 'INTERNAL';
                ended(code);
                const level = CODES_WORTH_AN_ALARM.includes(code) ? 'error' : 'info';
                this.logger[level]({ method, code, err: error }, 'call failed');
              },
            }),
            finalize(() => ended('CANCELLED')),
          )
          .subscribe(subscriber);
      }),
    );
  }
}
