import { Redis } from 'iovalkey';
import type { Logger } from '@viernes/platform';

/** Every use of Valkey has a fallback, so a slow command fails fast. */
const COMMAND_TIMEOUT_MS = 250;

/** Closes a connection that does not respond to a command for this long. */
const SOCKET_TIMEOUT_MS = 1_000;

export type Valkey = Redis;

/**
 * Connects to Valkey. While Valkey is unavailable, commands fail immediately instead of being queued, and the client
 * reconnects automatically. Logs when the connection is lost and restored, not for each attempt.
 *
 * @returns after the first attempt, whether it succeeded or failed
 */
export async function connectValkey(url: string, logger: Logger): Promise<Valkey> {
  const valkey = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: COMMAND_TIMEOUT_MS,
    // A machine that stops responding closes no connection. Without this, every request would wait for a command timeout.
    socketTimeout: SOCKET_TIMEOUT_MS,
    retryStrategy: (attempt) => Math.min(100 * attempt, 2_000),
  });
  let isUnavailable = false;
  valkey.on('error', (error: Error) => {
    if (!isUnavailable) {
      logger.warn({ err: error }, 'valkey unavailable: limits are counted in memory, revoked sessions are not checked');
    }
    isUnavailable = true;
  });
  valkey.on('ready', () => {
    if (isUnavailable) logger.info('valkey available again');
    isUnavailable = false;
  });
  await new Promise<void>((resolve) => {
    valkey.once('ready', resolve);
    valkey.once('close', resolve);
  });
  return valkey;
}

/** Longer than a command blocks. A machine that stops responding is detected after this time. */
const BLOCKING_TIMEOUT_MS = 5_000;

/**
 * Opens a connection for commands that block it, up to 2 s each. Commands fail immediately while Valkey is unavailable,
 * and while the connection is not open yet. The log of connectValkey reports that.
 */
export function openBlockingConnection(url: string): Valkey {
  const valkey = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    socketTimeout: BLOCKING_TIMEOUT_MS,
    retryStrategy: (attempt) => Math.min(100 * attempt, 2_000),
  });
  valkey.on('error', () => undefined);
  return valkey;
}
