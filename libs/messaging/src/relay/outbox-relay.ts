import { Logger } from '@nestjs/common';
import type { Database } from '@viernes/database';
import { whenAborted, sleep, retryDelayMs } from '@viernes/platform';
import {
  deadLettersParked,
  eventsPending,
  eventsPublished,
  outboxOldestSeconds,
  outboxRows,
  publishFailures,
  relayLeading,
} from '../metrics.js';
import type { EventMessage } from '../port/event-message.js';
import type { EventPublisher } from '../port/event-publisher.js';
import { NO_EVENTS, OutboxSession, type Batch } from './outbox-session.js';
import { Wake } from './wake.js';

/** Notifications wake it at once; this is for those that got lost, and for followers to see that the leader is gone. */
const POLL_MS = 1_000;
const MEASURE_EVERY_MS = 5_000;

/**
 * Publishes what the outbox holds, oldest first, and deletes what is published. Of all replicas on one database one leads.
 * Delivery is at least once: a crash between publishing and deleting publishes again.
 */
export class OutboxRelay {
  private readonly logger = new Logger('OutboxRelay');
  private readonly stopping = new AbortController();
  private readonly wake = new Wake();
  private working: Promise<void> = Promise.resolve();
  private measuredAt = 0;

  constructor(
    private readonly database: Database,
    private readonly publisher: EventPublisher,
  ) {}

  start(): void {
    this.working = this.run();
  }

  /** Finishes the batch under way, then lets another replica lead. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake.wake();
    await this.working;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    await Promise.race([this.database.whenReady().catch(() => undefined), whenAborted(signal)]);
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        const session = await OutboxSession.open(this.database.options.url, this.wake.wake);
        attempt = 0;
        await this.follow(session).finally(() => session.close());
      } catch (error) {
        this.logger.warn(
          { reason: error instanceof Error ? error.message : String(error) },
          'relay lost its connection',
        );
        await sleep(retryDelayMs(Math.max(1, attempt)), signal);
      } finally {
        relayLeading.set(0);
      }
    }
  }

  private async follow(session: OutboxSession): Promise<void> {
    while (!this.stopping.signal.aborted) {
      if (await session.tryLead()) return this.lead(session);
      await this.measure(session);
      await sleep(POLL_MS, this.stopping.signal);
    }
  }

  private async lead(session: OutboxSession): Promise<void> {
    this.logger.log('leads the relay of this database');
    relayLeading.set(1);
    let batch = NO_EVENTS;
    let published = NO_EVENTS;
    for (let failures = 0; !this.stopping.signal.aborted;) {
      if (batch.events.length === 0) {
        batch = await this.rest(session);
        continue;
      }
      const [failure, next] = await this.publishWhileReading(session, batch, published);
      if (failure === undefined) {
        [published, batch, failures] = [batch, next, 0];
        if (next.events.length > 0) continue;
        await session.delete(published);
        published = NO_EVENTS;
      } else {
        failures += 1;
        publishFailures.inc();
        if (failures === 1) this.logger.warn({ err: failure }, 'broker does not take events, the outbox keeps them');
        await sleep(retryDelayMs(failures), this.stopping.signal);
        // Again from the oldest: what was read beside the failed batch comes after it.
        [published, batch] = [NO_EVENTS, await session.read(NO_EVENTS)];
        await this.measure(session);
      }
    }
    await session.delete(published);
  }

  /** Sleeps until there is something to publish, or for a while. */
  private async rest(session: OutboxSession): Promise<Batch> {
    const found = await session.read(NO_EVENTS);
    await this.measure(session);
    if (found.events.length > 0) return found;
    await this.wake.sleep(POLL_MS);
    return this.stopping.signal.aborted ? NO_EVENTS : session.read(NO_EVENTS);
  }

  /**
   * While the broker stores one batch, the database forgets the one before and looks for the one after: neither waits for
   * the other, and no batch is sent before the last one is stored.
   *
   * @returns why the batch is not stored, if it is not, and the batch after it
   * @throws when the connection is lost; nothing is on its way to the broker then
   */
  private async publishWhileReading(
    session: OutboxSession,
    batch: Batch,
    published: Batch,
  ): Promise<[failure: unknown, next: Batch]> {
    const [publishing, reading] = await Promise.allSettled([
      this.publisher.publish(batch.events),
      session.delete(published).then(() => session.read(batch)),
    ]);
    if (reading.status === 'rejected') throw reading.reason;
    await this.measure(session);
    if (publishing.status === 'rejected') return [publishing.reason ?? new Error('not published'), NO_EVENTS];
    for (const [topic, count] of countByTopic(batch.events)) eventsPublished.inc({ topic }, count);
    return [undefined, reading.value];
  }

  private async measure(session: OutboxSession): Promise<void> {
    if (Date.now() - this.measuredAt < MEASURE_EVERY_MS) return;
    this.measuredAt = Date.now();
    const { rows, oldestSeconds } = await session.measure();
    outboxRows.set(rows);
    outboxOldestSeconds.set(oldestSeconds);
    const failures = await session.measureFailures();
    eventsPending.reset();
    deadLettersParked.reset();
    for (const { consumer, pending, parked } of failures) {
      eventsPending.set({ consumer }, pending);
      deadLettersParked.set({ consumer }, parked);
    }
  }
}

function countByTopic(events: readonly EventMessage[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { topic } of events) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return counts;
}
