import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { runPeriodically, type TraceSpans } from '@viernes/platform';
import { runConsumer } from '../consume/run-consumer.js';
import { KafkaConnection } from '../connection/kafka-connection.js';
import { ensureTracesTopic, TRACES_TOPIC } from './traces-topic.js';

/** kafkajs waits for the fetch in flight when it stops. */
const FETCH_WAIT_MS = 300;
const RESTART_INTERVAL_MS = 5_000;
const STOP_TIMEOUT_MS = 1_000;

/**
 * Receives the spans that all processes publish: those of the last hour after each connection, then new ones. Nothing is
 * committed, so that every process receives all of them.
 */
export class TraceListener {
  private readonly logger = new Logger(TraceListener.name);
  private readonly stopping = new AbortController();
  private readonly connection: KafkaConnection;
  private readonly running: Promise<void>;
  private isUnavailable = false;

  /** @param receive gets a record again after a reconnection */
  constructor(
    private readonly name: string,
    brokers: readonly string[],
    private readonly receive: (spans: TraceSpans) => void,
  ) {
    this.connection = new KafkaConnection(`${name}.trace-listener`, brokers);
    const { signal } = this.stopping;
    const onError = (err: unknown): void => {
      if (!this.isUnavailable) this.logger.warn({ err }, 'traces unavailable');
      this.isUnavailable = true;
    };
    this.running = runPeriodically({ intervalMs: RESTART_INTERVAL_MS, signal, onError }, () => this.listen());
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.race([this.running, delay(STOP_TIMEOUT_MS, undefined, { ref: false })]);
    this.connection.onApplicationShutdown();
  }

  private async listen(): Promise<void> {
    const { kafka } = this.connection;
    await ensureTracesTopic(kafka);
    const consumer = kafka.consumer({
      groupId: `${this.name}.traces.${randomUUID()}`,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
      retry: { restartOnFailure: () => Promise.resolve(false) },
    });
    const run = {
      topics: [TRACES_TOPIC],
      fromBeginning: true,
      autoCommit: false,
      eachMessage: ({ message: { key, value } }: { message: { key: Buffer | null; value: Buffer | null } }) => {
        this.isUnavailable = false;
        if (key && value) this.receive({ traceId: key.toString(), otlpJson: value });
        return Promise.resolve();
      },
    };
    await runConsumer(consumer, run, this.stopping.signal);
  }
}
