import { setTimeout as delay } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Database } from '@viernes/database';
import { groupByTopic } from '@viernes/kafka';
import { retryDelayMs, runPeriodically, sleep, whenAborted } from '@viernes/platform';
import { MESSAGING_CONFIG, type MessagingConfig } from '../config/messaging.config.js';
import { KafkaPublisher } from '../kafka/kafka-publisher.js';
import { eventsPublished, outboxRelayLeader, publishFailures } from '../metrics/event-metrics.js';
import { Notifier } from './notifier.js';
import { EMPTY_BATCH, OutboxSession, type OutboxBatch } from './outbox-session.js';

/** For lost notifications, and for replicas that wait for leadership. */
const POLL_INTERVAL_MS = 1_000;
/** While a transaction is in progress that will not notify the relay. */
const OPEN_TRANSACTION_POLL_MS = 10;
const RECONNECT_INTERVAL_MS = 5_000;
/** An unavailable broker must not delay the exit of the process. Unpublished events stay in the outbox. */
const STOP_TIMEOUT_MS = 6_000;

/**
 * Publishes the events of the outbox, oldest first, and deletes them afterwards. One replica per database is the leader.
 * Delivery is at least once: a crash between publishing and deleting publishes the batch again.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly stopping = new AbortController();
  private readonly notifier = new Notifier();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly publisher: KafkaPublisher,
    @Inject(MESSAGING_CONFIG) private readonly config: Pick<MessagingConfig, 'service'>,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  /** Finishes the batch in progress. Then another replica becomes the leader. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.notifier.notify();
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
    const session = await OutboxSession.open(this.database.options.url, this.notifier.notify);
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
    let published = EMPTY_BATCH;
    let batch = await session.read(EMPTY_BATCH);
    for (let failures = 0; !this.stopping.signal.aborted;) {
      if (batch.events.length === 0) {
        await session.delete(published);
        published = EMPTY_BATCH;
        batch = await this.waitForEvents(session);
        continue;
      }
      const { failure, next } = await this.publish(session, batch, published);
      if (failure === undefined) {
        [published, batch, failures] = [batch, next, 0];
        continue;
      }
      failures += 1;
      publishFailures.inc();
      if (failures === 1) this.logger.warn({ err: failure }, 'publishing failed, events stay in the outbox');
      await sleep(retryDelayMs(failures), this.stopping.signal);
      // The next batch must not overtake the failed one, so read from the oldest row again.
      [published, batch] = [EMPTY_BATCH, await session.read(EMPTY_BATCH)];
    }
    await session.delete(published);
  }

  private async waitForEvents(session: OutboxSession): Promise<OutboxBatch> {
    if (!(await session.tryRequestNotifications())) {
      await this.notifier.wait(OPEN_TRANSACTION_POLL_MS);
      return session.read(EMPTY_BATCH);
    }
    // Rows of transactions that committed before.
    let batch = await session.read(EMPTY_BATCH);
    if (batch.events.length === 0) {
      await this.notifier.wait(POLL_INTERVAL_MS);
      batch = await session.read(EMPTY_BATCH);
    }
    await session.endNotifications();
    return batch;
  }

  /**
   * Publishes a batch. Concurrently deletes the previous batch and reads the next one. Batches are published one after
   * the other, which preserves the order.
   *
   * @throws if the database connection is lost, after the request to Kafka has finished
   */
  private async publish(
    session: OutboxSession,
    batch: OutboxBatch,
    published: OutboxBatch,
  ): Promise<{ failure?: unknown; next: OutboxBatch }> {
    const [publishing, reading] = await Promise.allSettled([
      this.publisher.publish(batch.events),
      session.delete(published).then(() => session.read(batch)),
    ]);
    if (reading.status === 'rejected') throw reading.reason;
    if (publishing.status === 'rejected') {
      return { failure: publishing.reason ?? new Error('unknown reason'), next: EMPTY_BATCH };
    }
    for (const [topic, events] of groupByTopic(batch.events)) {
      eventsPublished.inc({ topic }, events.length);
    }
    return { next: reading.value };
  }
}
