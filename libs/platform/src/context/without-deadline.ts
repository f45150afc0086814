import { currentContext, runInContext } from './request-context.js';

/** Runs work that must finish even if its caller stops waiting: same caller and trace, no deadline. */
export function withoutDeadline<Result>(work: () => Result): Result {
  const { deadlineAt: _, ...context } = currentContext();
  return runInContext(context, work);
}
