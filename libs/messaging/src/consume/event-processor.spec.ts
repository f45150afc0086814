import { DiscoveryService, ModulesContainer } from '@nestjs/core';
import { Database, Transactions } from '@viernes/database';
import type { ConsumerRecord } from '@viernes/kafka';
import { PeriodicTasks, Shutdown } from '@viernes/platform';
import { DataSource } from 'typeorm';
import { toMessagingConfig } from '../config/messaging.config.js';
import { DeadLetters } from '../dead-letters/dead-letters.js';
import { HandlerRegistry } from '../event/event-consumer.js';
import type { AnyEventHandler } from '../event/event-handler.js';
import { RetryQueue } from '../retry/retry-queue.js';
import { Noted, notedEvent } from '../testing/note.js';
import { EventProcessor, splitByType } from './event-processor.js';
import { FailureRecorder, PartitionPauseError } from './failure-recorder.js';
import { HandlerInvoker } from './handler-invoker.js';

const event = notedEvent('notes');

function createRecord(note: string, type = event.type): ConsumerRecord {
  return {
    topic: 'notes',
    partition: 0,
    offset: '0',
    id: note,
    key: 'a',
    type,
    source: '/s',
    time: new Date(),
    traceparent: undefined,
    payload: Noted.encode({ about: 'a', note }).finish(),
  };
}

describe('EventProcessor', () => {
  // Not connected: every transaction fails, as if the database were unavailable.
  const dataSource = new DataSource({ type: 'postgres' });
  const database = new Database(dataSource, { url: '', entities: [], migrations: [] });
  const transactions = new Transactions(dataSource);
  const config = toMessagingConfig({ service: 'test', brokers: [] });
  const invoker = new HandlerInvoker(transactions);
  const retries = new RetryQueue(database, transactions, new PeriodicTasks(new Shutdown()), config);
  const failures = new FailureRecorder(invoker, retries, new DeadLetters(transactions, retries, config), config);
  const handler = {
    consumer: 'test.apply-note',
    event,
    accepts: ({ data }: { data: Noted }) => data.note !== 'heartbeat',
    handle: () => Promise.resolve(),
  };

  const processorFor = (only: AnyEventHandler) => {
    const registry = new HandlerRegistry(new DiscoveryService(new ModulesContainer()));
    registry.handlers = [only];
    return new EventProcessor(registry, invoker, failures);
  };

  it.each(['batch', 'event'] as const)(
    'starts no transaction for events that the handler does not accept, with one transaction per %s',
    async (transaction) => {
      const batch = [createRecord('heartbeat'), createRecord('heartbeat')];
      await expect(processorFor({ ...handler, transaction }).process(batch)).resolves.toBeUndefined();
    },
  );

  it('throws PartitionPauseError if the database is unavailable', async () => {
    const batch = [createRecord('heartbeat'), createRecord('start')];
    await expect(processorFor(handler).process(batch)).rejects.toThrow(PartitionPauseError);
  });
});

describe('splitByType', () => {
  it.each([
    ['keeps a batch of one type together', 'a1 a2 a1', 'a1 a2 a1'],
    ['splits a batch where the type changes, so that no event overtakes another one', 'a1 b1 b2 a1', 'a1 | b1 b2 | a1'],
    ['returns nothing for an empty batch', '', ''],
  ])('%s', (_, batch, expected) => {
    const names = batch.split(' ').filter(Boolean);
    const runs = splitByType(names.map((name) => createRecord(name, name.charAt(0))));
    expect(runs.map((run) => run.map(({ id }) => id).join(' ')).join(' | ')).toBe(expected);
  });
});
