import type { ServerUnaryCall } from '@grpc/grpc-js';
import { Metadata } from '@grpc/grpc-js';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Histogram } from 'prom-client';
import { Observable, tap } from 'rxjs';
import { runInCall } from '../call/current-call.js';
import type { Logger } from '../logging/logger.js';
import { callOf } from './call-metadata.js';

const CODES_WORTH_AN_ALARM: readonly string[] = ['INTERNAL', 'TRANSCODE_FAILED'];

const handlingSeconds = new Histogram({
  name: 'grpc_server_handling_seconds',
  help: 'Time from a call to its last answer, by method and error code (OK where none)',
  labelNames: ['method', 'code'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

/** Runs each gRPC call in its context (trace, caller, deadline), measures it, and logs its failure once. */
export class CallInterceptor implements NestInterceptor {
  constructor(private readonly logger: Logger) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const metadata = context.getArgByIndex<Metadata | undefined>(1) ?? new Metadata();
    const call = context.getArgByIndex<ServerUnaryCall<unknown, unknown> | undefined>(2);
    const method = context.getHandler().name;
    return new Observable((subscriber) =>
      runInCall(callOf(metadata, call?.getDeadline() ?? Infinity), () => {
        const stop = handlingSeconds.startTimer({ method });
        return next
          .handle()
          .pipe(
            tap({
              complete: () => stop({ code: 'OK' }),
              error: (error: unknown) => {
                const code = error instanceof CodedError ? error.code : 'INTERNAL';
                stop({ code });
                const level = CODES_WORTH_AN_ALARM.includes(code) ? 'error' : 'info';
                this.logger[level]({ method, code, err: error }, 'call failed');
              },
            }),
          )
          .subscribe(subscriber);
      }),
    );
  }
}
