import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import { finalize, isObservable, Observable, tap } from 'rxjs';
import { ERRORS, isErrorCode } from '@viernes/contracts';
import { runInContext } from '../context/request-context.js';
import { continueTrace, failSpan } from '../tracing/traced.js';
import { createResponseMetadata, METADATA, toRequestContext } from './call-metadata.js';
import { measureCall } from './call-metrics.js';
import { describeServerSpan } from './call-span.js';
import { readErrorCode } from './error-translation.js';

type Call = ServerUnaryCall<unknown, unknown>;

/**
 * The pipeline of Nest around a controller method. Resolves with a response, or with an observable that emits responses
 * or an error.
 */
export type CallHandler = (request: unknown, metadata: Metadata, call: Call) => Promise<unknown>;

/**
 * Runs each call in its request context (trace, caller, deadline) and measures it. Guards and pipes need the context, so
 * this function surrounds the pipeline of Nest.
 */
export function handleInContext(handle: CallHandler): CallHandler {
  return (request, metadata, call) => {
    const path = call.getPath();
    const header = metadata.get(METADATA.traceparent)[0]?.toString();
    const span = continueTrace(header, () => describeServerSpan(path));
    const received = toRequestContext(metadata, call.getDeadline());
    const context = span ? { ...received, span } : received;
    const { position } = context;
    return runInContext(context, async () => {
      const recordOutcome = measureCall(path);
      const finish = (code: string): void => {
        recordOutcome(code);
        if (!span) return;
        if (isErrorCode(code) && ERRORS[code].http >= 500) failSpan(span, code);
        span.end();
      };
      let hasSentMetadata = false;
      // Metadata precedes the first response.
      const sendMetadata = (): void => {
        const metadata = hasSentMetadata ? undefined : createResponseMetadata(context, position);
        if (metadata) call.sendMetadata(metadata);
        hasSentMetadata = true;
      };
      const result = await handle(request, metadata, call);
      if (!isObservable(result)) {
        sendMetadata();
        finish('OK');
        return result;
      }
      // The transport does not subscribe to the responses of a canceled call.
      if (call.cancelled) finish('CANCELLED');
      const responses = result.pipe(
        tap({
          // The response of a unary method with an interceptor is an observable, too.
          next: sendMetadata,
          complete: () => finish('OK'),
          error: (error) => finish(readErrorCode(error) ?? 'INTERNAL'),
        }),
        finalize(() => finish('CANCELLED')),
      );
      return new Observable((subscriber) => runInContext(context, () => responses.subscribe(subscriber)));
    });
  };
}
