import { setTimeout as delay } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Database } from '@viernes/database';
import { EventPublisher, groupByTopic, type EventMessage } from '@viernes/kafka';
import { retryDelayMs, runPeriodically, sleep, whenAborted } from '@viernes/platform';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { eventsPublished, outboxRelayLeader, publishFailures } from '../metrics/event-metrics.js';
import { OutboxSession } from './outbox-session.js';

/** Limits the delay after a lost notification, and the wait of replicas for leadership. */
const POLL_INTERVAL_MS = 1_000;
/** Applies while a transaction is in progress that will not notify the relay. */
const OPEN_TRANSACTION_POLL_MS = 10;
/**
 * While events arrive continuously, the relay waits a millisecond for each event of its last batch before it reads the
 * next one: fewer, larger batches reduce the load of the broker and the consumers. A large batch is followed by the
 * next one immediately.
 */
const MAX_LINGER_MS = 50;
const LARGE_BATCH = 100;
const RECONNECT_INTERVAL_MS = 5_000;
/** An unavailable broker must not delay the exit of the process. Unpublished events stay in the outbox. */
const STOP_TIMEOUT_MS = 6_000;

/**
 * Publishes the events of the outbox, oldest first, and deletes them afterwards. One replica per database is the
 * leader. Delivery is at least once: a crash between publishing and deleting publishes the batch again.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly stopping = new AbortController();
  /** Aborted by a notification. If the relay does not wait at that time, its next wait ends immediately. */
  private notification = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly publisher: EventPublisher,
    @Inject(MESSAGING_CONFIG) private readonly config: Pick<MessagingConfig, 'service'>,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  /** Finishes the batch in progress. Then another replica becomes the leader. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.notification.abort();
    const stopped = this.running.then(() => this.publisher.close());
    await Promise.race([stopped, delay(STOP_TIMEOUT_MS, undefined, { ref: false })]);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    await Promise.race([this.database.whenReady().catch(() => undefined), whenAborted(signal)]);
    const onError = (err: unknown): void => this.logger.warn({ err }, 'relay connection lost');
    await runPeriodically({ intervalMs: RECONNECT_INTERVAL_MS, signal, onError }, () => this.connect());
  }

  /** Waits for leadership and relays. @returns when the process stops @throws if the connection is lost */
  private async connect(): Promise<void> {
    const { signal } = this.stopping;
    const session = await OutboxSession.open(this.database.options.url, () => this.notification.abort());
    try {
      while (!signal.aborted) {
        if (await session.tryLead()) return await this.lead(session);
        await sleep(POLL_INTERVAL_MS, signal);
      }
    } finally {
      outboxRelayLeader.set({ service: this.config.service }, 0);
      await session.close();
    }
  }

  private async lead(session: OutboxSession): Promise<void> {
    this.logger.log('relay is the leader');
    outboxRelayLeader.set({ service: this.config.service }, 1);
    let published: readonly string[] = [];
    for (let failures = 0; !this.stopping.signal.aborted;) {
      const rows = await session.deleteAndRead(published);
      published = [];
      if (rows.length === 0) {
        await this.waitForEvents(session);
        continue;
      }
      try {
        await this.publish(rows);
        published = rows.map(({ rowId }) => rowId);
        failures = 0;
        if (rows.length < LARGE_BATCH) await sleep(Math.min(rows.length, MAX_LINGER_MS), this.stopping.signal);
      } catch (err) {
        failures += 1;
        publishFailures.inc();
        if (failures === 1) this.logger.warn({ err }, 'publishing failed, events stay in the outbox');
        await sleep(retryDelayMs(failures), this.stopping.signal);
      }
    }
    await session.delete(published);
  }

  private async waitForEvents(session: OutboxSession): Promise<void> {
    if (!(await session.tryRequestNotifications())) return this.waitForNotification(OPEN_TRANSACTION_POLL_MS);
    // Transactions that committed before can have added rows.
    if (!(await session.hasRows())) await this.waitForNotification(POLL_INTERVAL_MS);
    await session.endNotifications();
  }

  private async waitForNotification(timeoutMs: number): Promise<void> {
    await sleep(timeoutMs, this.notification.signal);
    this.notification = new AbortController();
  }

  private async publish(events: readonly EventMessage[]): Promise<void> {
    await this.publisher.publish(events);
    for (const [topic, ofTopic] of groupByTopic(events)) eventsPublished.inc({ topic }, ofTopic.length);
  }
}
