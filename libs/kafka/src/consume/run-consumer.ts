import { whenAborted } from '@viernes/platform';
import type { Consumer, ConsumerRunConfig } from 'kafkajs';

export interface ConsumerRun extends ConsumerRunConfig {
  readonly topics: readonly string[];
  /** Whether a group without committed offsets starts at the oldest retained record, or at the next new one. */
  readonly fromBeginning: boolean;
}

/**
 * Runs a consumer until the signal aborts, and disconnects it. The consumer must not restart automatically: kafkajs
 * does not restart after an unknown error, so the caller does.
 * @throws KafkaJSError if the consumer cannot start or crashes
 */
export async function runConsumer(
  consumer: Consumer,
  { topics, fromBeginning, ...run }: ConsumerRun,
  signal: AbortSignal,
): Promise<void> {
  const finished = new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    void whenAborted(signal).then(resolve);
  });
  finished.catch(() => undefined);
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning });
    await consumer.run(run);
    await finished;
  } finally {
    await consumer.disconnect().catch(() => undefined);
  }
}
