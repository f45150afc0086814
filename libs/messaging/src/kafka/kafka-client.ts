import { Logger } from '@nestjs/common';
import { Kafka, logLevel, type LogEntry } from 'kafkajs';

/** Its messages go to our log at debug: what matters of them is told by who uses it, once for each cause. */
export function createKafka(clientId: string, brokers: readonly string[]): Kafka {
  const logger = new Logger('KafkaJS');
  return new Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout: 3_000,
    retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 5 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry: LogEntry) => {
      logger.debug(`${entry.label} ${entry.namespace}: ${entry.log.message}`);
    },
  });
}
