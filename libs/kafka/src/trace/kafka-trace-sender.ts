import type { TraceSender, TraceSpans } from '@viernes/platform';
import { CompressionTypes, Partitioners, type Message, type Producer } from 'kafkajs';
import { KafkaConnection } from '../connection/kafka-connection.js';
import { ensureTracesTopic, TRACES_TOPIC } from './traces-topic.js';

const LEADER_ONLY = 1;

/** A crash of the broker can lose spans, which is cheaper than waiting for all replicas. */
const SEND_OPTIONS = { topic: TRACES_TOPIC, acks: LEADER_ONLY, timeout: 5_000, compression: CompressionTypes.GZIP };

/**
 * Publishes spans for `GET /v1/debug/traces/{id}`. Has a separate connection, which closes after those of the application.
 * If the broker is slow, spans do not delay events.
 */
export class KafkaTraceSender implements TraceSender {
  private readonly connection: KafkaConnection;
  private producer: Promise<Producer> | undefined;

  constructor(service: string, brokers: readonly string[]) {
    this.connection = new KafkaConnection(`viernes.${service}.traces`, brokers);
  }

  /** Connects at the first use, and again after a failure. @throws KafkaJSError */
  async send(traces: readonly TraceSpans[]): Promise<void> {
    const messages = traces.map(toMessage);
    const current = (this.producer ??= this.connect());
    try {
      await (await current).send({ ...SEND_OPTIONS, messages });
    } catch (error) {
      // A concurrent call may have disconnected this producer and connected another one.
      if (this.producer === current) await this.disconnect();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.disconnect();
    this.connection.onApplicationShutdown();
  }

  private async connect(): Promise<Producer> {
    await ensureTracesTopic(this.connection.kafka);
    const producer = this.connection.kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return producer;
  }

  private async disconnect(): Promise<void> {
    const current = this.producer;
    this.producer = undefined;
    await current?.then((producer) => producer.disconnect()).catch(() => undefined);
  }
}

function toMessage({ traceId, otlpJson }: TraceSpans): Message {
  const { buffer, byteOffset, byteLength } = otlpJson;
  return { key: traceId, value: Buffer.from(buffer, byteOffset, byteLength) };
}
