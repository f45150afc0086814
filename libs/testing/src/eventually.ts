import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 25;

/**
 * Repeats `attempt` until it neither throws nor returns false, and returns its result. The limit only ends a test that
 * would hang. It does not assert speed.
 *
 * @throws what the last attempt threw, or an Error if it returned false
 */
export async function eventually<Result>(
  attempt: () => Result | Promise<Result>,
  { withinSeconds = 100 }: { readonly withinSeconds?: number } = {},
): Promise<Exclude<Result, false>> {
  const endsAt = Date.now() + withinSeconds * 1000;
  for (;;) {
    let failure: unknown = new Error(`condition was false for ${withinSeconds} s`);
    try {
      const result = await attempt();
      if (result !== false) return result as Exclude<Result, false>;
    } catch (error) {
      failure = error;
    }
    if (Date.now() >= endsAt) throw failure;
    await delay(POLL_MS);
  }
}
