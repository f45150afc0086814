import { runInContext, findContext, type Caller } from '../context/request-context.js';
import { newTraceId } from '../context/trace-parent.js';

/** The data source of a service in this process. TypeORM reports each statement to its logger. */
interface StatementSource {
  logger: { logQuery(query: string, ...rest: unknown[]): unknown };
}

/** Statements that depend on the time until the deadline. */
const STATEMENT_TIMEOUT = /^SET (LOCAL )?statement_timeout/;

/** The properties of a call that its caller can observe. Statements replace its duration, which no test can compare reliably. */
export interface ObservedCall {
  readonly response?: unknown;
  readonly code?: string;
  readonly message?: string;
  /** SQL without parameters, in order. */
  readonly statements: readonly string[];
}

/** Calls the service as this caller, and records the outcome and the statements that the call has executed. */
export async function observeCall(
  source: StatementSource,
  caller: Caller,
  call: () => Promise<unknown>,
): Promise<ObservedCall> {
  const statements: string[] = [];
  const traceId = newTraceId();
  const { logger } = source;
  source.logger = Object.assign(Object.create(logger) as typeof logger, {
    logQuery: (query: string) => {
      // Background tasks of the service use the same data source.
      if (findContext()?.traceId === traceId && !STATEMENT_TIMEOUT.test(query)) statements.push(query);
    },
  });
  try {
    const response = await runInContext({ traceId, ...caller }, call);
    return { response, statements };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return { ...(code !== undefined && { code }), message, statements };
  } finally {
    source.logger = logger;
  }
}
