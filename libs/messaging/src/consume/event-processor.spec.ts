import { Transactions } from '@viernes/database';
import type { ConsumerRecord } from '@viernes/kafka';
import { DataSource } from 'typeorm';
import { toMessagingConfig } from '../config/messaging.config.js';
import { DeadLetterRepository } from '../dead-letters/dead-letter.repository.js';
import { RetryQueue } from '../retry/retry-queue.js';
import { Noted, notedEvent } from '../testing/note.js';
import { EventProcessor } from './event-processor.js';
import { FailureRecorder, PartitionPauseError } from './failure-recorder.js';
import { HandlerInvoker } from './handler-invoker.js';

const event = notedEvent('notes');

function createRecord(note: string): ConsumerRecord {
  const payload = Noted.encode({ about: 'a', note }).finish();
  const position = { topic: 'notes', partition: 0, offset: '0' };
  return {
    ...position,
    id: note,
    key: 'a',
    type: event.type,
    source: '/s',
    time: new Date(),
    traceparent: undefined,
    payload,
  };
}

describe('EventProcessor', () => {
  // Not connected: every transaction fails as with an unavailable database.
  const transactions = new Transactions(new DataSource({ type: 'postgres' }));
  const config = toMessagingConfig({ service: 'test', brokers: [] });
  const invoker = new HandlerInvoker(transactions);
  const failures = new FailureRecorder(invoker, new RetryQueue(config), new DeadLetterRepository(config), config);
  const processor = new EventProcessor(invoker, failures);
  const handler = {
    consumer: 'test.apply-note',
    event,
    accepts: ({ data }: { data: Noted }) => data.note !== 'heartbeat',
    handle: () => Promise.resolve(),
  };

  it.each(['batch', 'event'] as const)(
    'starts no transaction for events that the handler does not accept, with one transaction per %s',
    async (transaction) => {
      const batch = [createRecord('heartbeat'), createRecord('heartbeat')];
      await expect(processor.processBatch({ ...handler, transaction }, batch)).resolves.toBeUndefined();
    },
  );

  it('throws PartitionPauseError if the database is unavailable', async () => {
    const batch = [createRecord('heartbeat'), createRecord('start')];
    await expect(processor.processBatch(handler, batch)).rejects.toThrow(PartitionPauseError);
  });
});
