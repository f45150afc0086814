import { Injectable } from '@nestjs/common';
import { PeriodicTasks, sleep, whenAborted } from '@viernes/platform';
import pg from 'pg';
import { Database } from './database.js';

const RECONNECT_INTERVAL_MS = 1_000;
const PING_INTERVAL_MS = 5_000;
const PING_TIMEOUT_MS = 3_000;

export interface NotificationListener {
  /** Receives the payload of each notification, in the order of the commits. Must not throw. */
  readonly onNotification: (payload: string) => void;
  /** Called after each connection attempt that succeeds. Notifications that were sent before are lost. */
  readonly onConnected: () => void;
}

/**
 * Receives the notifications that transactions of any replica send with `pg_notify`. PostgreSQL stores none of them: a
 * listener must also find changes without them. Uses pg and raw SQL, because TypeORM has no LISTEN, and its pool would
 * pass the connection to other work.
 */
@Injectable()
export class Notifications {
  constructor(
    private readonly database: Database,
    private readonly tasks: PeriodicTasks,
  ) {}

  /**
   * Listens on a dedicated connection until the process drains, and connects again after it is lost. Call it in a
   * constructor.
   *
   * @param channel an SQL identifier
   */
  listen(channel: string, listener: NotificationListener): void {
    const run = (signal: AbortSignal): Promise<void> => this.receive(channel, listener, signal);
    this.tasks.add({ name: `${channel} notifications`, intervalMs: RECONNECT_INTERVAL_MS, run });
  }

  /** @throws Error if the connection is lost */
  private async receive(channel: string, listener: NotificationListener, signal: AbortSignal): Promise<void> {
    await Promise.race([this.database.whenReady(), whenAborted(signal)]);
    if (signal.aborted) return;
    const client = new pg.Client({
      connectionString: this.database.options.url,
      application_name: 'viernes-notifications',
      connectionTimeoutMillis: PING_TIMEOUT_MS,
      query_timeout: PING_TIMEOUT_MS,
    });
    // Without a listener, a lost connection would terminate the process. The next ping reports it.
    client.on('error', () => undefined);
    client.on('notification', ({ payload = '' }) => listener.onNotification(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      listener.onConnected();
      while (!signal.aborted) {
        await sleep(PING_INTERVAL_MS, signal);
        await client.query('SELECT 1');
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
