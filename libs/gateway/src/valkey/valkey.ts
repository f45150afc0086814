import { Redis } from 'iovalkey';
import type { Logger } from '@viernes/platform';

/** A command that takes longer is given up: what Valkey holds for us may be missed, waiting for it may not. */
const COMMAND_TIMEOUT_MS = 250;

/** A connection that answers nothing for this long, though it was asked, is given up. */
const SOCKET_TIMEOUT_MS = 1_000;

export type Valkey = Redis;

/**
 * A client that fails at once while Valkey is away instead of queueing, and reconnects by itself. Says in the log when it
 * loses and finds it, not at each attempt.
 *
 * @returns once the first attempt has ended, one way or the other: the first requests find it settled
 */
export async function connectValkey(url: string, logger: Logger): Promise<Valkey> {
  const valkey = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: COMMAND_TIMEOUT_MS,
    // Of a machine that vanished nobody tells: without this each request would wait for its commands to time out.
    socketTimeout: SOCKET_TIMEOUT_MS,
    retryStrategy: (attempt) => Math.min(100 * attempt, 2_000),
  });
  let isAway = false;
  valkey.on('error', (error: Error) => {
    if (!isAway)
      logger.warn({ err: error }, 'valkey is away: limits are kept in memory, ended sessions are not looked up');
    isAway = true;
  });
  valkey.on('ready', () => {
    if (isAway) logger.info('valkey is back');
    isAway = false;
  });
  await new Promise<void>((resolve) => {
    valkey.once('ready', resolve);
    valkey.once('close', resolve);
  });
  return valkey;
}
