import { CodedError } from '@viernes/contracts';
import { currentContext } from '../context/request-context.js';

/** Time to send the error to the caller before it stops waiting, in milliseconds. */
const REPORT_MS = 100;

/**
 * Waits for work that several callers share, until shortly before the deadline of the current request. The work
 * continues for the others.
 *
 * @throws CodedError DEADLINE_EXCEEDED, and the error of the work
 */
export async function waitUntilDeadline<Result>(work: Promise<Result>): Promise<Result> {
  const { deadlineAt } = currentContext();
  if (deadlineAt === undefined) return work;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const onTimeout = (): void => reject(new CodedError('DEADLINE_EXCEEDED'));
    timer = setTimeout(onTimeout, Math.max(1, deadlineAt - REPORT_MS - Date.now()));
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
