import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 25;

/**
 * Tries `attempt` until it neither throws nor answers false, and gives its answer. For conditions, never for speed: the
 * limit only ends a test that would hang.
 *
 * @throws what the last try threw, or an Error saying that it stayed false
 */
export async function eventually<Result>(
  attempt: () => Result | Promise<Result>,
  { withinSeconds = 30 }: { readonly withinSeconds?: number } = {},
): Promise<Exclude<Result, false>> {
  const endsAt = Date.now() + withinSeconds * 1000;
  for (;;) {
    let failure: unknown = new Error(`stayed false for ${withinSeconds} s`);
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
