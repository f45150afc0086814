import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { TopicDefinition } from '@viernes/contracts';
import { whenAborted, sleep, retryDelayMs } from '@viernes/platform';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { EventSubscription, type Deliver } from '../port/event-subscription.js';
import { fromKafka } from './cloud-event-headers.js';
import { ensureTopics } from '../topics/ensure-topics.js';

/** Short, so that a consumer that was killed does not hold its partitions for long; long handlers heartbeat meanwhile. */
const SESSION_TIMEOUT_MS = 10_000;
const HEARTBEAT_MS = 1_000;
/** Over the time that one handler may take: at a rebalance everybody waits for its end. */
const REBALANCE_TIMEOUT_MS = 45_000;
/** kafkajs waits for the fetch in flight when it stops, seeks or rebalances. */
const FETCH_WAIT_MS = 300;
const FETCH_BYTES = 1_048_576;
const STOP_TIMEOUT_MS = 5_000;

export interface KafkaSubscriptionOptions {
  readonly kafka: Kafka;
  readonly groupId: string;
  /** All that the service needs, made before it subscribes. */
  readonly topics: readonly TopicDefinition[];
  /** Partitions handled at once; each takes a database connection while it works. */
  readonly concurrency: number;
  /** Messages of one partition delivered at once, at most. */
  readonly batchSize: number;
}

export class KafkaSubscription extends EventSubscription {
  private readonly logger = new Logger('KafkaSubscription');
  private readonly stopping = new AbortController();
  private working: Promise<void> = Promise.resolve();
  private attempt = 0;

  constructor(private readonly options: KafkaSubscriptionOptions) {
    super();
  }

  start(topics: readonly string[], deliver: Deliver): void {
    this.working = this.supervise([...topics], deliver);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.race([this.working, delay(STOP_TIMEOUT_MS, undefined, { ref: false })]);
  }

  /** kafkajs stays down after an error that it does not know; here every end of it is followed by a new start. */
  private async supervise(topics: string[], deliver: Deliver): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.consume(topics, deliver);
      } catch (error) {
        this.attempt += 1;
        const reason = error instanceof Error ? error.message : String(error);
        if (!signal.aborted) this.logger.warn({ reason, attempt: this.attempt }, 'consumer stopped, starts again');
        await sleep(retryDelayMs(this.attempt), signal);
      }
    }
  }

  private async consume(topics: string[], deliver: Deliver): Promise<void> {
    const { kafka, groupId, concurrency } = this.options;
    await ensureTopics(kafka, this.options.topics);
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
    const ended = this.whenEnded(consumer);
    try {
      await consumer.connect();
      // A service that is new reads what was told before its time.
      await consumer.subscribe({ topics, fromBeginning: true });
      await consumer.run({
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: concurrency,
        eachBatch: (payload) => this.eachBatch(payload, deliver),
      });
      await ended;
    } finally {
      await consumer.disconnect().catch(() => undefined);
    }
  }

  /** Resolves when we stop, rejects when it crashed. */
  private whenEnded(consumer: Consumer): Promise<void> {
    consumer.on(consumer.events.GROUP_JOIN, () => {
      this.attempt = 0;
    });
    const ended = new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      void whenAborted(this.stopping.signal).then(resolve);
    });
    ended.catch(() => undefined);
    return ended;
  }

  private async eachBatch(payload: EachBatchPayload, deliver: Deliver): Promise<void> {
    const { batch, resolveOffset, heartbeat, isRunning, isStale } = payload;
    const { topic, partition, messages } = batch;
    for (let from = 0; from < messages.length; from += this.options.batchSize) {
      if (!isRunning() || isStale() || this.stopping.signal.aborted) return;
      const arrivals = messages
        .slice(from, from + this.options.batchSize)
        .map((record) => ({ event: fromKafka(topic, record), position: { topic, partition, offset: record.offset } }));
      const { done, retryInMs } = await withHeartbeat(heartbeat, () => deliver(arrivals));
      const last = arrivals[done - 1];
      if (last) resolveOffset(last.position.offset);
      if (retryInMs !== undefined) {
        // Not a wait in here: kafkajs fetches nothing for any partition of this broker until this batch is done.
        setTimeout(payload.pause(), retryInMs).unref();
        return;
      }
      await heartbeat();
    }
  }
}

async function withHeartbeat<Result>(heartbeat: () => Promise<void>, work: () => Promise<Result>): Promise<Result> {
  // One that fails is repeated by the caller after the work, where its error ends the batch.
  const beating = setInterval(() => void heartbeat().catch(() => undefined), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}
