import type { Kafka } from 'kafkajs';

/** Spans of the last hour by trace ID: `ExportTraceServiceRequest` of OTLP as JSON, one record per trace and process. */
export const TRACES_TOPIC = 'viernes.traces';

const PARTITIONS = 1;
const RETENTION_MS = 3_600_000;
/** Kafka deletes complete segments, so a span is deleted after about 70 minutes. */
const SEGMENT_MS = 600_000;
/** Kafka deletes the oldest spans if the topic is larger. */
const RETENTION_BYTES = 256 * 1024 * 1024;

/** Creates the topic if it does not exist. @throws KafkaJSError if the broker is unavailable */
export async function ensureTracesTopic(kafka: Kafka): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const settings = {
      'retention.ms': RETENTION_MS,
      'segment.ms': SEGMENT_MS,
      'retention.bytes': RETENTION_BYTES,
    };
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value: String(value) }));
    // Waiting for leaders would fail while the broker has not loaded the new topic yet.
    const topics = [{ topic: TRACES_TOPIC, numPartitions: PARTITIONS, configEntries }];
    await admin.createTopics({ topics, waitForLeaders: false });
  } finally {
    await admin.disconnect();
  }
}
