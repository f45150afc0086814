import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { fromKafka, runConsumer, type ConsumerRecord } from '@viernes/kafka';
import { retryDelayMs, runPeriodically, sleep } from '@viernes/platform';
import type { EachBatchPayload, Kafka } from 'kafkajs';
import { partitionPauses } from '../metrics/event-metrics.js';

/** Short, so that the partitions of a killed consumer are reassigned soon. Heartbeats are sent while a handler runs. */
const SESSION_TIMEOUT_MS = 10_000;
const HEARTBEAT_MS = 1_000;
/** Longer than a handler can run: a rebalance waits for the handlers of all consumers. */
const REBALANCE_TIMEOUT_MS = 45_000;
/** kafkajs waits for the fetch in flight when it stops, seeks, or rebalances. */
const FETCH_WAIT_MS = 300;
/** After a crash, the events processed in at most this time are delivered again. The inbox skips them. */
const COMMIT_INTERVAL_MS = 100;
const FETCH_BYTES = 1_048_576;
/**
 * While events arrive continuously, the consumer waits a millisecond for each event of a small fetch before the next
 * one: fewer, larger batches are fewer transactions. A full batch is followed by the next fetch immediately.
 */
const MAX_LINGER_MS = 100;
const RESTART_INTERVAL_MS = 5_000;
const STOP_TIMEOUT_MS = 5_000;

/**
 * Processes records of one partition, in its order.
 * @returns undefined if all records are processed. Otherwise the partition is paused for the returned milliseconds, and
 *   the batch is delivered again.
 * @throws any error: the partition is paused with back-off, and the batch is delivered again
 */
export type ProcessBatch = (batch: readonly ConsumerRecord[]) => Promise<number | undefined>;

export interface KafkaSubscriptionOptions {
  readonly kafka: Kafka;
  readonly groupId: string;
  readonly topics: readonly string[];
  /** Maximum number of records per batch. */
  readonly batchSize: number;
  /** Partitions that are processed concurrently. Each one uses a database connection. */
  readonly concurrency: number;
  /** Called before each start. Creates missing topics. */
  readonly prepare?: () => Promise<void>;
  readonly process: ProcessBatch;
}

/** Consumes topics until it is stopped, and restarts after every failure. */
export class KafkaSubscription {
  private readonly logger = new Logger(KafkaSubscription.name);
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;
  /** Consecutive failures by partition. */
  private readonly failures = new Map<string, number>();
  private committing: Promise<void> | undefined;

  constructor(private readonly options: KafkaSubscriptionOptions) {
    const { signal } = this.stopping;
    const onError = (err: unknown): void => this.logger.warn({ err }, 'consumer stopped, restarting');
    this.running = runPeriodically({ intervalMs: RESTART_INTERVAL_MS, signal, onError }, () => this.consume());
  }

  /** Fetches no more records, and waits up to 5 s for the batches in progress. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.race([this.running, delay(STOP_TIMEOUT_MS, undefined, { ref: false })]);
  }

  private async consume(): Promise<void> {
    const { kafka, groupId, topics, concurrency, prepare } = this.options;
    await prepare?.();
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout: SESSION_TIMEOUT_MS,
      heartbeatInterval: HEARTBEAT_MS,
      rebalanceTimeout: REBALANCE_TIMEOUT_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      maxBytesPerPartition: FETCH_BYTES,
      allowAutoTopicCreation: false,
      retry: { restartOnFailure: () => Promise.resolve(false) },
    });
    const run = {
      topics,
      // A new service processes all retained events.
      fromBeginning: true,
      eachBatchAutoResolve: false,
      autoCommit: false,
      partitionsConsumedConcurrently: concurrency,
      eachBatch: (payload: EachBatchPayload) => this.eachBatch(payload),
    };
    await runConsumer(consumer, run, this.stopping.signal);
  }

  private async eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, heartbeat, isRunning, isStale, pause } = payload;
    const { topic, partition, messages } = batch;
    for (let from = 0; from < messages.length; from += this.options.batchSize) {
      if (!isRunning() || isStale() || this.stopping.signal.aborted) return;
      const records = messages
        .slice(from, from + this.options.batchSize)
        .map((message) => ({ ...fromKafka(topic, message), partition, offset: message.offset }));
      const pauseMs = await withHeartbeat(heartbeat, () => this.process(`${topic}/${partition}`, records));
      if (pauseMs !== undefined) {
        // Do not wait here: kafkajs fetches nothing from this broker until the batch is finished.
        setTimeout(pause(), pauseMs).unref();
        return;
      }
      resolveOffset(records.at(-1)?.offset ?? '');
      const committed = this.commitSoon(payload);
      if (this.stopping.signal.aborted) await committed;
      await heartbeat();
    }
    const { batchSize } = this.options;
    if (messages.length < batchSize) await sleep(Math.min(messages.length, MAX_LINGER_MS), this.stopping.signal);
  }

  /** Commits the offsets of several batches with one request. If it fails, the batches are delivered again. */
  private commitSoon({ commitOffsetsIfNecessary, uncommittedOffsets }: EachBatchPayload): Promise<void> {
    this.committing ??= sleep(COMMIT_INTERVAL_MS, this.stopping.signal)
      .then(() => commitOffsetsIfNecessary(uncommittedOffsets()))
      .catch(() => undefined)
      .finally(() => (this.committing = undefined));
    return this.committing;
  }

  private async process(partition: string, records: readonly ConsumerRecord[]): Promise<number | undefined> {
    try {
      const pauseMs = await this.options.process(records);
      this.failures.delete(partition);
      return pauseMs;
    } catch (err) {
      const attempt = (this.failures.get(partition) ?? 0) + 1;
      this.failures.set(partition, attempt);
      partitionPauses.inc({ topic: records[0]?.topic ?? '' });
      this.logger.warn({ partition, offset: records[0]?.offset, attempt, err }, 'partition paused');
      return retryDelayMs(attempt);
    }
  }
}

async function withHeartbeat<Result>(heartbeat: () => Promise<void>, work: () => Promise<Result>): Promise<Result> {
  // The caller repeats a failed heartbeat after the work. Its error then fails the batch.
  const timer = setInterval(() => void heartbeat().catch(() => undefined), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
