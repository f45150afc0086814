import { Logger } from '@nestjs/common';
import type { Database } from '@viernes/database';
import { aborted, pause, retryDelayMs } from '@viernes/platform';
import { eventsPublished, outboxOldestSeconds, outboxRows, publishFailures, relayLeading } from '../metrics.js';
import type { EventPublisher } from '../port/event-publisher.js';
import { OutboxSession } from './outbox-session.js';
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
    await Promise.race([this.database.whenReady().catch(() => undefined), aborted(signal)]);
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
        await pause(retryDelayMs(Math.max(1, attempt)), signal);
      } finally {
        relayLeading.set(0);
      }
    }
  }

  private async follow(session: OutboxSession): Promise<void> {
    while (!this.stopping.signal.aborted) {
      if (await session.tryLead()) return this.lead(session);
      await this.measure(session);
      await pause(POLL_MS, this.stopping.signal);
    }
  }

  private async lead(session: OutboxSession): Promise<void> {
    this.logger.log('leads the relay of this database');
    relayLeading.set(1);
    for (let failures = 0; !this.stopping.signal.aborted;) {
      const batch = await session.read();
      await this.measure(session);
      if (batch.events.length === 0) {
        await this.wake.sleep(POLL_MS);
        continue;
      }
      try {
        await this.publisher.publish(batch.events);
      } catch (error) {
        failures += 1;
        publishFailures.inc();
        if (failures === 1) this.logger.warn({ err: error }, 'broker does not take events, the outbox keeps them');
        await pause(retryDelayMs(failures), this.stopping.signal);
        continue;
      }
      failures = 0;
      await session.delete(batch);
      for (const { topic } of batch.events) eventsPublished.inc({ topic });
    }
  }

  private async measure(session: OutboxSession): Promise<void> {
    if (Date.now() - this.measuredAt < MEASURE_EVERY_MS) return;
    this.measuredAt = Date.now();
    const { rows, oldestSeconds } = await session.measure();
    outboxRows.set(rows);
    outboxOldestSeconds.set(oldestSeconds);
  }
}
