import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import { finalize, isObservable, Observable, tap } from 'rxjs';
import { runInContext } from '../context/request-context.js';
import { createResponseMetadata, toRequestContext } from './call-metadata.js';
import { measureCall } from './call-metrics.js';
import { readErrorCode } from './error-translation.js';

type Call = ServerUnaryCall<unknown, unknown>;

/**
 * The pipeline of Nest around a controller method. Resolves with a response, or with an observable of responses or an
 * error.
 */
export type CallHandler = (request: unknown, metadata: Metadata, call: Call) => Promise<unknown>;

/**
 * Runs each call in its request context (trace, caller, deadline) and measures it. Guards and pipes need the context, so it
 * surrounds the pipeline of Nest.
 */
export function handleInContext(handle: CallHandler): CallHandler {
  return (request, metadata, call) => {
    const context = toRequestContext(metadata, call.getDeadline());
    const { position } = context;
    return runInContext(context, async () => {
      const finish = measureCall(call.getPath());
      let hasSentMetadata = false;
      // Metadata precede the first response.
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
      // The transport does not subscribe any more.
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
