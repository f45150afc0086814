import { Logger } from '@nestjs/common';
import { Kafka, logLevel, type LogEntry } from 'kafkajs';
import type { KafkaSockets } from './kafka-sockets.js';

/** Its messages go to our log at debug: what matters of them is told by who uses it, once for each cause. */
export function createKafka(clientId: string, brokers: readonly string[], sockets?: KafkaSockets): Kafka {
  const logger = new Logger('KafkaJS');
  return new Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout: 3_000,
    ...(sockets && { socketFactory: sockets.create }),
    retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 5 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry: LogEntry) => {
      logger.debug(`${entry.label} ${entry.namespace}: ${entry.log.message}`);
    },
  });
}
