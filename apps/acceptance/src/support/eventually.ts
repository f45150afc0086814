import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 200;

/**
 * Looks again and again until what it sees is as wanted.
 *
 * @param withinSeconds when to give up; generous, since a busy machine is not a broken one
 * @returns what was seen
 * @throws Error with the last thing seen, or the last failure as its cause
 */
export async function eventually<Seen>(
  look: () => Promise<Seen>,
  isWanted: (seen: Seen) => boolean,
  { withinSeconds = 120, what = look.toString() }: { withinSeconds?: number; what?: string } = {},
): Promise<Seen> {
  const deadlineAt = Date.now() + withinSeconds * 1000;
  let last: string;
  let cause: unknown;
  do {
    try {
      const seen = await look();
      if (isWanted(seen)) return seen;
      last = JSON.stringify(seen);
      cause = undefined;
    } catch (error) {
      last = String(error);
      cause = error;
    }
    await sleep(PAUSE_MS);
  } while (Date.now() < deadlineAt);
  throw new Error(`not within ${withinSeconds} s: ${what}; last seen: ${last.slice(0, 2000)}`, { cause });
}
