import { SpanStatusCode, type Span } from '@opentelemetry/api';
import { CodedError } from '@viernes/contracts';
import { currentSpan, runInSpan } from '../context/current-span.js';
import { parseTraceparent } from '../context/trace-parent.js';
import { startChild, startTrace, type SpanDescription } from './tracing.js';

/**
 * Runs work in a child of the current span. Without one, only runs the work: the description is not created.
 *
 * @param describe must not contain personal data, tokens, or parameters of statements
 */
export function traced<Result>(describe: () => SpanDescription, work: () => Promise<Result>): Promise<Result> {
  const parent = currentSpan();
  const span = parent && startChild(parent, describe());
  return span ? runTraced(span, work) : work();
}

async function runTraced<Result>(span: Span, work: () => Promise<Result>): Promise<Result> {
  try {
    return await runInSpan(span, work);
  } catch (error) {
    failSpan(span, toErrorType(error));
    throw error;
  } finally {
    span.end();
  }
}

/** Starts the span that continues a trace of another process. Undefined if the trace is not sampled. */
export function continueTrace(traceparent: string | undefined, describe: () => SpanDescription): Span | undefined {
  const parent = parseTraceparent(traceparent);
  return parent?.isSampled ? startTrace(parent, describe()) : undefined;
}

/** Marks a span as failed. Messages of errors can contain personal data, so only the type is recorded. */
export function failSpan(span: Span, errorType: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', errorType);
}

/** Returns the value of `error.type`: the code of the error table, or the class of another error. */
export function toErrorType(error: unknown): string {
  if (error instanceof CodedError) return error.code;
  return error instanceof Error ? error.name : typeof error;
}
