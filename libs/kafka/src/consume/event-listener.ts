import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { EventDefinition } from '@viernes/contracts';
import { runPeriodically } from '@viernes/platform';
import type { Consumer, Kafka, KafkaMessage } from 'kafkajs';
import { fromKafka } from '../event/cloud-event-headers.js';
import { runConsumer } from './run-consumer.js';

/** kafkajs waits for the fetch in flight when it stops. */
const FETCH_WAIT_MS = 300;
const RESTART_INTERVAL_MS = 5_000;
const STOP_TIMEOUT_MS = 1_000;

/** An event type and the function that receives its payloads. */
export interface ListenedEvent {
  readonly type: string;
  readonly topic: string;
  /** @throws any error if the payload is not valid */
  readonly receive: (payload: Uint8Array) => void;
}

/** @param handle must not throw: listeners have no retries */
export function listenTo<Data>(
  { type, topic, codec }: EventDefinition<Data>,
  handle: (data: Data) => void,
): ListenedEvent {
  return { type, topic, receive: (payload) => handle(codec.decode(payload)) };
}

export interface EventListenerOptions {
  readonly kafka: Kafka;
  /** Prefix of the consumer group: `viernes.edge`. */
  readonly name: string;
  readonly events: readonly ListenedEvent[];
  /**
   * Called when events could have been missed: after each connection, as soon as the listener misses no further event, and
   * for an event that cannot be decoded.
   */
  readonly onGap: () => void;
}

/**
 * Broadcast: every process receives every new event. Nothing is stored, neither here nor on the broker, so this is only
 * for state that can be discarded, such as a cache. Events that occur while the broker is unavailable can be missed.
 * Each connection uses a new consumer group with a unique name. The broker deletes groups that are empty.
 */
export class EventListener {
  private readonly logger = new Logger(EventListener.name);
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;
  private isUnavailable = false;

  constructor(private readonly options: EventListenerOptions) {
    const { signal } = this.stopping;
    const onError = (err: unknown): void => this.logUnavailable(err);
    this.running = runPeriodically({ intervalMs: RESTART_INTERVAL_MS, signal, onError }, () => this.listen());
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.race([this.running, delay(STOP_TIMEOUT_MS, undefined, { ref: false })]);
  }

  private async listen(): Promise<void> {
    const { kafka, name, events } = this.options;
    const consumer = kafka.consumer({
      // A new group for each attempt: in the previous one, a join waits until the session of the lost member has
      // expired.
      groupId: `${name}.${randomUUID()}`,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
      retry: { restartOnFailure: () => Promise.resolve(false) },
    });
    this.reportGaps(consumer);
    const topics = [...new Set(events.map(({ topic }) => topic))];
    const eachMessage = ({ topic, message }: { topic: string; message: KafkaMessage }): Promise<void> => {
      this.receive(topic, message);
      return Promise.resolve();
    };
    await runConsumer(consumer, { topics, fromBeginning: false, autoCommit: false, eachMessage }, this.stopping.signal);
  }

  /**
   * Without committed offsets, each join starts at the next record. kafkajs reads that position before its first fetch from
   * a broker. No later event is missed once that fetch has succeeded.
   */
  private reportGaps(consumer: Consumer): void {
    const fetchedFrom = new Set<string>();
    consumer.on(consumer.events.GROUP_JOIN, () => fetchedFrom.clear());
    consumer.on(consumer.events.REQUEST, ({ payload: { apiName, broker } }) => {
      if (apiName !== 'Fetch' || fetchedFrom.has(broker)) return;
      fetchedFrom.add(broker);
      if (this.isUnavailable)
        this.logger.log({ topics: this.options.events.map(({ topic }) => topic) }, 'events available again');
      this.isUnavailable = false;
      this.options.onGap();
    });
  }

  private receive(topic: string, message: KafkaMessage): void {
    const { type, payload } = fromKafka(topic, message);
    const event = this.options.events.find((listened) => listened.type === type);
    try {
      event?.receive(payload);
    } catch (err) {
      this.logger.warn({ type, topic, offset: message.offset, err }, 'event not decoded');
      this.options.onGap();
    }
  }

  private logUnavailable(err: unknown): void {
    if (!this.isUnavailable) this.logger.warn({ err }, 'events unavailable');
    this.isUnavailable = true;
  }
}
