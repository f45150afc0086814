import pRetry from 'p-retry';
import { isTemporary } from '../api/problem.js';

/**
 * Sends a heartbeat, and repeats it once after a temporary failure. Otherwise, the progress of two intervals could be lost
 * before the next heartbeat.
 *
 * @param send reads the position, so that a repetition reports the current one
 * @param ended aborted when the session ends, because its end also reports the position
 * @throws Problem of the last attempt
 */
export async function repeatOnce(send: () => Promise<void>, ended: AbortSignal): Promise<void> {
  await pRetry(send, {
    retries: 1,
    // Randomized to 1 to 2 s, so that after a failure of the edge, not all players repeat at the same moment.
    minTimeout: 1_000,
    randomize: true,
    signal: ended,
    shouldRetry: ({ error }) => isTemporary(error),
  });
}
