import { setTimeout as sleep } from 'node:timers/promises';

const POLL_INTERVAL_MS = 200;

/**
 * Polls until a value satisfies the condition.
 *
 * @param withinSeconds the timeout; generous, because a busy machine is slow
 * @param what the condition, for the error message
 * @returns the first value that satisfies the condition
 * @throws Error with the last value, or with the last error as its cause
 */
export async function eventually<Value>(
  read: () => Promise<Value>,
  isExpected: (value: Value) => boolean,
  { withinSeconds = 120, what = read.toString() }: { withinSeconds?: number; what?: string } = {},
): Promise<Value> {
  const deadlineAt = Date.now() + withinSeconds * 1000;
  let last: string;
  let cause: unknown;
  do {
    try {
      const value = await read();
      if (isExpected(value)) return value;
      last = JSON.stringify(value) ?? 'undefined';
      cause = undefined;
    } catch (error) {
      last = String(error);
      cause = error;
    }
    await sleep(POLL_INTERVAL_MS);
  } while (Date.now() < deadlineAt);
  throw new Error(`not within ${withinSeconds} s: ${what}; last value: ${last.slice(0, 2000)}`, { cause });
}
