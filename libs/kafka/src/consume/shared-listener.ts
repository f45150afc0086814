import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { runPeriodically } from '@viernes/platform';
import type { Kafka } from 'kafkajs';
import { fromKafka } from '../event/cloud-event-headers.js';
import type { EventMessage } from '../event/event-message.js';
import { runConsumer } from './run-consumer.js';

const FETCH_WAIT_MS = 300;
const RESTART_INTERVAL_MS = 2_000;
const STOP_TIMEOUT_MS = 2_000;

/** After this time, the partitions of a killed process are assigned to another one. */
const SESSION_TIMEOUT_MS = 10_000;

/** After a process is killed, at most the events of this period are delivered again. */
const COMMIT_INTERVAL_MS = 1_000;

export interface SharedListenerOptions {
  readonly kafka: Kafka;
  /** Processes with the same group share the events. */
  readonly group: string;
  readonly topics: readonly string[];
  /** The position is stored only after the promise resolves. If it rejects, the event is delivered again. */
  readonly handle: (event: EventMessage) => Promise<void>;
}

/**
 * Delivers each event to one process of a group, at least once. Events of one key keep their order. After a restart, the
 * group continues at its stored position. Unlike the consumers of `libs/messaging`, it needs no database, so the handler
 * must be idempotent, and an event that the handler always rejects blocks its partition. A partition of which the group
 * has handled no event yet has no stored position: each start, rebalance and rejection continues there with the next event.
 */
export class SharedListener {
  private readonly logger = new Logger(SharedListener.name);
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;
  private isFailing = false;

  constructor(private readonly options: SharedListenerOptions) {
    const { signal } = this.stopping;
    const onError = (err: unknown): void => {
      if (!this.isFailing) this.logger.warn({ err, group: options.group }, 'event delivery failed, retry scheduled');
      this.isFailing = true;
    };
    this.running = runPeriodically({ intervalMs: RESTART_INTERVAL_MS, signal, onError }, () => this.listen());
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.race([this.running, delay(STOP_TIMEOUT_MS, undefined, { ref: false })]);
  }

  private async listen(): Promise<void> {
    const { kafka, group, topics, handle } = this.options;
    const consumer = kafka.consumer({
      groupId: group,
      sessionTimeout: SESSION_TIMEOUT_MS,
      heartbeatInterval: SESSION_TIMEOUT_MS / 4,
      rebalanceTimeout: SESSION_TIMEOUT_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
      retry: { restartOnFailure: () => Promise.resolve(false) },
    });
    const run = {
      topics,
      fromBeginning: false,
      autoCommitInterval: COMMIT_INTERVAL_MS,
      eachMessage: async ({ topic, message }: { topic: string; message: Parameters<typeof fromKafka>[1] }) => {
        await handle(fromKafka(topic, message));
        if (this.isFailing) this.logger.log({ group }, 'event delivery resumed');
        this.isFailing = false;
      },
    };
    await runConsumer(consumer, run, this.stopping.signal);
  }
}
