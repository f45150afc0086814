import pRetry, { AbortError } from 'p-retry';
import { BACK_OFF } from '../back-off.js';

/** The address is spent or wrong: only a new lease brings another. */
const REFUSED: readonly number[] = [400, 401, 403, 404];

/**
 * Asks the store at a signed address, again where it is away. Whoever calls must have asked for something repeatable.
 *
 * @throws Error where the store stays away or `attempt` refuses for good; the signal's reason where that is aborted
 */
export async function askStore(attempt: () => Promise<void>, signal: AbortSignal): Promise<void> {
  await pRetry(attempt, { ...BACK_OFF, retries: 5, signal });
}

/** Lets a good answer pass. @throws Error that askStore tries again after, unless the store refuses the address */
export async function expectOk(response: Response, what: string): Promise<void> {
  if (response.ok) return;
  await response.body?.cancel();
  const error = new Error(`the store answers ${response.status} to ${what}`);
  throw REFUSED.includes(response.status) ? new AbortError(error) : error;
}
