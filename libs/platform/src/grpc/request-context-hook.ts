import type { ServerUnaryCall } from '@grpc/grpc-js';
import { Metadata } from '@grpc/grpc-js';
import { createParamDecorator, type ExecutionContext, type PreRequestHook } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { finalize, Observable, tap } from 'rxjs';
import { runInContext } from '../context/request-context.js';
import type { Logger } from '../logging/logger.js';
import { toRequestContext } from './call-metadata.js';
import { measureCall } from './call-metrics.js';

const ALERTING_CODES: readonly string[] = ['INTERNAL', 'TRANSCODE_FAILED'];

/**
 * Runs each gRPC call in its request context (trace, caller, deadline), measures it, and logs its failure once.
 * A hook, not an interceptor: guards run before interceptors, and they need the caller.
 */
export function createRequestContextHook(logger: Logger): PreRequestHook {
  return (context, next) => {
    const metadata = context.getArgByIndex<Metadata | undefined>(1) ?? new Metadata();
    const call = grpcCall(context);
    const method = context.getHandler().name;
    return new Observable((subscriber) =>
      runInContext(toRequestContext(metadata, call?.getDeadline() ?? Infinity), () => {
        const finish = measureCall(call?.getPath() ?? '');
        return next()
          .pipe(
            tap({
              complete: () => finish('OK'),
              error: (error: unknown) => {
                const code = error instanceof CodedError ? error.code : 'INTERNAL';
                finish(code);
                const level = ALERTING_CODES.includes(code) ? 'error' : 'info';
                logger[level]({ method, code, err: error }, 'call failed');
              },
            }),
            finalize(() => finish('CANCELLED')),
          )
          .subscribe(subscriber);
      }),
    );
  };
}

/** Injects a signal into a controller method that aborts when the client cancels the call or its deadline passes. */
export const CallSignal: () => ParameterDecorator = createParamDecorator((_, context: ExecutionContext) => {
  const controller = new AbortController();
  const call = grpcCall(context);
  if (call?.cancelled) controller.abort();
  else call?.once('cancelled', () => controller.abort());
  return controller.signal;
});

function grpcCall(context: ExecutionContext): ServerUnaryCall<unknown, unknown> | undefined {
  return context.getArgByIndex<ServerUnaryCall<unknown, unknown> | undefined>(2);
}
