import { Injectable, type Type } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { eventually, TestEventPublisher } from '@viernes/testing';
import { EventConsumer, type AnyEventHandler, type EventHandler, type Received } from './index.js';
import type { Noted } from './testing/note.js';
import { TestService } from './testing/test-service.js';

describe('a handler that takes events together', () => {
  let service: TestService;
  /** The sizes of the batches that the handler received, including those that were rolled back. */
  let sizes: number[];

  beforeEach(async () => {
    service = await TestService.create();
    sizes = [];
  });
  afterEach(() => service.stop());

  /** Writes all events with one statement. */
  function createHandler(): Type<AnyEventHandler> {
    const { event } = service;
    const { before, after } = service;
    @Injectable()
    @EventConsumer()
    class ApplyNotes implements EventHandler<Noted> {
      readonly consumer = 'test.apply-note';
      readonly event = event;

      handle(tx: Transaction, received: Received<Noted>): Promise<void> {
        return this.handleAll(tx, [received]);
      }

      async handleAll(tx: Transaction, received: readonly Received<Noted>[]): Promise<void> {
        sizes.push(received.length);
        for (const each of received) await before(tx, each);
        const rows = received.map(({ id: event_id, data }) => ({ event_id, ...data }));
        await tx.query(
          `INSERT INTO applied (event_id, about, note)
           SELECT event_id, about, note FROM jsonb_to_recordset($1) AS r(event_id text, about text, note text)`,
          [JSON.stringify(rows)],
        );
        for (const each of received) await after(tx, each);
      }
    }
    return ApplyNotes;
  }

  /** Publishes first, so that the consumer finds all events at its start. */
  const publishThenConsume = async (...notes: string[]) => {
    const writer = await service.start({ consumes: false });
    await service.add(writer, 'a', ...notes);
    await eventually(async () => (await service.database.query('SELECT 1 FROM outbox')).length === 0);
    return service.start({ handlers: [createHandler()] });
  };
  const untilApplied = (...notes: string[]) => eventually(async () => expect(await service.applied()).toEqual(notes));
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));

  it('handleAll receives the events of a batch in one call and in their order', async () => {
    await publishThenConsume(...numbers(100));
    await untilApplied(...numbers(100));
    expect(sizes).toEqual([100]);
  });

  it('parks an event that always fails, and applies the others of its batch once and in order', async () => {
    service.before = (_, { data }) =>
      data.note === 'poison' ? Promise.reject(new TypeError('cannot')) : Promise.resolve();
    await publishThenConsume(...numbers(50), 'poison', 'last');
    await untilApplied(...numbers(50), 'last');
    await eventually(async () => {
      const letters = await service.database.query('SELECT error_code, attempts, origin_offset FROM dead_letter');
      expect(letters).toEqual([{ error_code: 'TypeError', attempts: 5, origin_offset: '50' }]);
    });
    expect(await service.applied()).toEqual([...numbers(50), 'last']);
  });

  it('applies a batch once if the connection is lost between its effect and the commit', async () => {
    let deaths = 0;
    service.after = async (tx, { data }) => {
      if (data.note === '9' && deaths++ === 0) await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    };
    await publishThenConsume(...numbers(10));
    await untilApplied(...numbers(10));
    expect(deaths).toBe(2);
  });

  it('handleAll receives an event only once even if it is published several times', async () => {
    const publisher = await TestEventPublisher.connect();
    const publish = (note: string) => publisher.publish(service.event, { about: 'a', note }, `id of ${note}`);
    try {
      const writer = await service.start({ consumes: false });
      await service.add(writer, 'a', 'zero');
      await eventually(async () => expect(await service.messages()).toHaveLength(1));
      for (const note of ['one', 'two', 'one']) await publish(note);
      await service.start({ handlers: [createHandler()] });
      await untilApplied('zero', 'one', 'two');
      for (const note of ['two', 'one', 'three']) await publish(note);
      await untilApplied('zero', 'one', 'two', 'three');
      expect(sizes).toEqual([3, 1]);
    } finally {
      await publisher.close();
    }
  });
});
