import { CodedError } from '@viernes/contracts';
import { eventually } from '@viernes/testing';
import { PermanentError } from './index.js';
import { Noted } from './testing/note.js';
import { TestService } from './testing/test-service.js';

describe('retries', () => {
  let service: TestService;

  beforeEach(async () => {
    service = await TestService.create();
  });
  afterEach(() => service.stop());

  /** Makes the first attempts for a note fail. */
  function failAttempts(note: string, times: number, error: () => Error = () => new TypeError('cannot')) {
    const counted = { attempts: 0 };
    service.before = async (_, { data }) => {
      if (data.note !== note) return;
      counted.attempts += 1;
      if (counted.attempts <= times) throw error();
    };
    return counted;
  }

  const untilApplied = (...notes: string[]) => eventually(async () => expect(await service.applied()).toEqual(notes));
  const pending = () => service.database.query('SELECT 1 FROM pending_retry');
  const letters = () =>
    service.database.query<{ error_code: string; attempts: number; state: string }>(
      'SELECT error_code, attempts, state FROM dead_letter',
    );
  const untilParked = (count: number) => eventually(async () => expect(await letters()).toHaveLength(count));

  it('parks an event with its reason after the last attempt, and applies a hundred other events of its partition', async () => {
    failAttempts('poison', Infinity);
    const app = await service.start();
    const good = Array.from({ length: 100 }, (_, index) => `good ${index}`);
    await service.add(app, 'a', ...good.slice(0, 60), 'poison', ...good.slice(60));
    await untilApplied(...good);
    await untilParked(1);
    const [letter] = await eventually(async () => {
      const found = await service.messages(service.deadLetterTopic);
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
    expect(await service.messages(service.retryTopic)).toHaveLength(4);
    expect(await pending()).toEqual([]);
  });

  it('retries a failed event through the retry topic while its partition continues', async () => {
    failAttempts('shaky', 2);
    const app = await service.start({ transaction: 'event' });
    await service.add(app, 'a', 'shaky', 'next', 'and next');
    await untilApplied('next', 'and next', 'shaky');
    expect(await service.messages(service.retryTopic)).toHaveLength(2);
    expect(await letters()).toEqual([]);
  });

  it('parks an event without a retry if the error is permanent', async () => {
    failAttempts('wrong', Infinity, () => new PermanentError('no such country'));
    const app = await service.start();
    await service.add(app, 'a', 'wrong', 'good');
    await untilApplied('good');
    await untilParked(1);
    expect(await letters()).toEqual([{ error_code: 'PermanentError', attempts: 1, state: 'parked' }]);
    expect(await service.messages(service.retryTopic)).toEqual([]);
  });

  it('retries an event until it succeeds if a dependency is unavailable', async () => {
    const counted = failAttempts('early', 9, () => new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'S3' }));
    const app = await service.start();
    await service.add(app, 'a', 'early', 'good');
    await untilApplied('good', 'early');
    expect(counted.attempts).toBe(10);
    expect(await letters()).toEqual([]);
  });
});
