import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { runPeriodically, type Logger } from '@viernes/platform';
import { droppedCalls, publishedCalls, type Usage, type UsageCounts } from './usage-counts.js';

/** A killed process loses the calls of one interval, and those that are being sent. */
const INTERVAL_MS = 1_000;

/** A row has at most 900 bytes, and Kafka limits a message to 1 MB. */
const MAX_BATCH_ROWS = 500;

/** Maximum time to publish the last counts at shutdown. */
const FINAL_TIMEOUT_MS = 3_000;

/** Usage that is published once, however often it is sent. */
export interface UsageBatch {
  /** Identifies the process that counted. New with each start. */
  readonly edgeId: string;
  /** Unique, and the same for each attempt to send the batch. */
  readonly id: string;
  readonly usages: readonly Usage[];
}

/** Stores batches durably. */
export interface UsageSender {
  /** @throws any error unless the batch is certainly stored. After an error, it is sent again */
  send(batch: UsageBatch): Promise<void>;
  close(): Promise<void>;
}

/**
 * Publishes the counts of this process in batches. The broker can have stored a batch whose sending failed, so the same
 * batch is sent again, and receivers recognize its ID. Until that succeeds, further calls only increase the next
 * counts.
 */
export class UsagePublisher {
  private readonly edgeId = randomUUID();
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;
  /** Sent again with the same content and IDs. */
  private pending: UsageBatch[] = [];
  private isUnavailable = false;

  constructor(
    private readonly counts: Pick<UsageCounts, 'take'>,
    private readonly sender: UsageSender,
    private readonly logger: Logger,
    intervalMs = INTERVAL_MS,
  ) {
    const { signal } = this.stopping;
    const onError = (err: unknown): void => {
      if (!this.isUnavailable) this.logger.warn({ err }, 'usage cannot be published, counting continues');
      this.isUnavailable = true;
    };
    this.running = runPeriodically({ intervalMs, signal, onError }, () => this.publish());
  }

  /** Publishes the remaining counts. Call it when no more requests are served. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const finish = async (): Promise<boolean> => {
      await this.running;
      // The first call sends batches that failed earlier, the second one the calls that were counted since then.
      await this.publish();
      await this.publish();
      return true;
    };
    const timeout = delay(FINAL_TIMEOUT_MS, false, { ref: false });
    if (!(await Promise.race([finish().catch(() => false), timeout]))) this.drop();
    await this.sender.close();
  }

  private async publish(): Promise<void> {
    if (this.pending.length === 0) this.pending = this.toBatches(this.counts.take());
    for (let [batch] = this.pending; batch; [batch] = this.pending) {
      await this.sender.send(batch);
      publishedCalls.value += countCalls([batch]);
      this.pending.shift();
      this.isUnavailable = false;
    }
  }

  private toBatches(usages: readonly Usage[]): UsageBatch[] {
    const { edgeId } = this;
    const batches: UsageBatch[] = [];
    for (let start = 0; start < usages.length; start += MAX_BATCH_ROWS)
      batches.push({ edgeId, id: randomUUIDv7(), usages: usages.slice(start, start + MAX_BATCH_ROWS) });
    return batches;
  }

  private drop(): void {
    const calls = countCalls([...this.pending, ...this.toBatches(this.counts.take())]);
    droppedCalls.value += calls;
    this.logger.error({ calls }, 'usage dropped, the broker is unavailable');
  }
}

function countCalls(batches: readonly UsageBatch[]): number {
  return batches.reduce((sum, { usages }) => sum + usages.reduce((calls, usage) => calls + usage.calls, 0), 0);
}
