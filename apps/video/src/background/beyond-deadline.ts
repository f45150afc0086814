import { currentContext, runInContext } from '@viernes/platform';

/** Runs work that must end although its caller may have stopped waiting: for the same caller and trace, without a deadline. */
export function beyondDeadline<Result>(work: () => Result): Result {
  const { deadlineAt: _, ...call } = currentContext();
  return runInContext(call, work);
}
