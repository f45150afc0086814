import { CodedError } from '@viernes/contracts';
import { eventually } from '@viernes/testing';
import { PermanentError } from './index.js';
import { Noted } from './testing/note.js';
import { TestService } from './testing/test-service.js';

describe('an event that fails', () => {
  let service: TestService;

  beforeEach(async () => {
    service = await TestService.create();
  });
  afterEach(() => service.stop());

  /** Makes the handler fail for a note so many times. */
  function failing(note: string, times: number, error: () => Error = () => new TypeError('cannot')): { tries: number } {
    const counted = { tries: 0 };
    service.before = async (_, { data }) => {
      if (data.note !== note) return;
      counted.tries += 1;
      if (counted.tries <= times) throw error();
    };
    return counted;
  }

  const applies = (...notes: string[]) => eventually(async () => expect(await service.applied()).toEqual(notes));
  const pending = () => service.database.query('SELECT 1 FROM pending_retry');
  const letters = () =>
    service.database.query<{ error_code: string; attempts: number; state: string }>(
      'SELECT error_code, attempts, state FROM dead_letter',
    );
  const parked = (count: number) => eventually(async () => expect(await letters()).toHaveLength(count));

  it('among a hundred good ones of its partition undoes none of them, and is told with its reason', async () => {
    failing('poison', Infinity);
    const app = await service.start();
    const good = Array.from({ length: 100 }, (_, index) => `good ${index}`);
    await service.add(app, 'a', ...good.slice(0, 60), 'poison', ...good.slice(60));
    await applies(...good);
    await parked(1);
    const [letter] = await eventually(async () => {
      const found = await service.onBroker(service.deadLetterTopic);
      return found.length === 1 && found;
    });
    expect(Noted.decode(Buffer.from(letter?.value ?? ''))).toEqual({ about: 'a', note: 'poison' });
    const headers = Object.entries(letter?.headers ?? {}).map(([name, value]) => [name, String(value)]);
    expect(Object.fromEntries(headers)).toMatchObject({
      ce_type: service.event.type,
      viernes_consumer: 'test.apply-note',
      viernes_error_code: 'TypeError',
      viernes_error_message: 'cannot',
      viernes_error_stack_hash: expect.stringMatching(/^[0-9a-f]{16}$/),
      viernes_attempts: '5',
      viernes_topic: service.topic,
      viernes_partition: expect.stringMatching(/^[0-2]$/),
      viernes_offset: '60',
      viernes_first_failed_at: expect.stringMatching(/^\d{4}-.*Z$/),
      viernes_parked_at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(await service.applied()).toEqual(good);
    expect(await service.onBroker(service.retryTopic)).toHaveLength(4);
    expect(await pending()).toEqual([]);
  });

  it('is tried again on a topic of its own, past which the partition goes on', async () => {
    failing('shaky', 2);
    const app = await service.start({ transaction: 'event' });
    await service.add(app, 'a', 'shaky', 'next', 'and next');
    await applies('next', 'and next', 'shaky');
    expect(await service.onBroker(service.retryTopic)).toHaveLength(2);
    expect(await letters()).toEqual([]);
  });

  it('where order matters holds up its key until it succeeds, and no other key', async () => {
    failing('first', 4);
    const app = await service.start({ partitions: 1, order: 'key', transaction: 'event' });
    await service.addAll(app, [
      { about: 'a', note: 'first' },
      { about: 'a', note: 'second' },
      { about: 'b', note: 'other' },
      { about: 'a', note: 'third' },
    ]);
    await eventually(async () => expect(await service.applied()).toHaveLength(4));
    await service.add(app, 'a', 'fourth');
    await eventually(async () => expect(await service.applied('a')).toEqual(['first', 'second', 'third', 'fourth']));
    expect((await service.applied())[0]).toBe('other');
    expect(await pending()).toEqual([]);
  });

  it('where order matters lets its key go on once it is given up, in order', async () => {
    failing('first', Infinity);
    const app = await service.start({ order: 'key' });
    const behind = Array.from({ length: 50 }, (_, index) => `behind ${index}`);
    await service.add(app, 'a', 'first', ...behind.slice(0, 25));
    await eventually(async () => (await pending()).length > 0);
    await service.add(app, 'a', ...behind.slice(25));
    await applies(...behind);
    expect(await letters()).toEqual([{ error_code: 'TypeError', attempts: 5, state: 'parked' }]);
    expect(await pending()).toEqual([]);
  });

  it('is parked at once where no try can mend it', async () => {
    failing('wrong', Infinity, () => new PermanentError('no such country'));
    const app = await service.start();
    await service.add(app, 'a', 'wrong', 'good');
    await applies('good');
    await parked(1);
    expect(await letters()).toEqual([{ error_code: 'PermanentError', attempts: 1, state: 'parked' }]);
    expect(await service.onBroker(service.retryTopic)).toEqual([]);
  });

  it('is not counted for what a dependency does, however long that is away', async () => {
    const counted = failing('early', 9, () => new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'S3' }));
    const app = await service.start();
    await service.add(app, 'a', 'early', 'good');
    await applies('good', 'early');
    expect(counted.tries).toBe(10);
    expect(await letters()).toEqual([]);
  });
});
