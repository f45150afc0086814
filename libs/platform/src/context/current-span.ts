import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from '@opentelemetry/api';
import { currentContext, findContext, type RequestContext } from './request-context.js';
import { formatTraceparent, newSpanId } from './trace-parent.js';

/** A span, and the request to which it belongs: work in a request can start a nested context in another trace. */
interface ActiveSpan {
  readonly context: RequestContext;
  readonly span: Span;
}

const storage = new AsyncLocalStorage<ActiveSpan>();

/** Returns the span in progress, undefined outside of requests and in requests that are not sampled. */
export function currentSpan(): Span | undefined {
  const context = findContext();
  if (!context?.span) return undefined;
  const active = storage.getStore();
  return active?.context === context ? active.span : context.span;
}

/** Runs work with a span in progress. Spans that it starts are children. The context of the request stays the same. */
export function runInSpan<Result>(span: Span, work: () => Result): Result {
  const context = findContext();
  return context ? storage.run({ context, span }, work) : work();
}

/** Creates the `traceparent` header with which another process continues the trace. */
export function traceparent(): string {
  const span = currentSpan()?.spanContext();
  if (span) return formatTraceparent({ traceId: span.traceId, spanId: span.spanId, isSampled: true });
  return formatTraceparent({ traceId: currentContext().traceId, spanId: newSpanId(), isSampled: false });
}
