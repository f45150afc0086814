import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { messagingV1 } from '@viernes/contracts';
import { listGrpcMethods, newTraceId, runInContext, type CallerRole } from '@viernes/platform';
import { eventually } from '@viernes/testing';
import { PermanentError } from '../index.js';
import { TestService } from '../testing/test-service.js';
import { DeadLetterController } from './dead-letter.controller.js';

const {
  DEAD_LETTER_STATE_PARKED,
  DEAD_LETTER_STATE_REDRIVEN,
  DEAD_LETTER_STATE_DROPPED,
  DEAD_LETTER_STATE_UNSPECIFIED,
} = messagingV1.DeadLetterState;

function as<Result>(role: CallerRole, work: () => Promise<Result>): Promise<Result> {
  return runInContext({ traceId: newTraceId(), accountId: randomUUID(), sessionId: randomUUID(), role }, work);
}

describe('dead letters', () => {
  let service: TestService;
  let app: INestApplicationContext;
  let letters: DeadLetterController;
  /** Whether the handler's fault is still there. */
  let isBroken: boolean;

  beforeAll(async () => {
    service = await TestService.create();
    service.before = (_, { data }) =>
      isBroken && data.note.startsWith('poison') ? Promise.reject(new PermanentError('cannot')) : Promise.resolve();
    app = await service.start();
    letters = app.get(DeadLetterController);
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    isBroken = true;
    await service.database.query('TRUNCATE applied, dead_letter');
  });

  const list = async (state = DEAD_LETTER_STATE_UNSPECIFIED): Promise<messagingV1.DeadLetter[]> => {
    const all: messagingV1.DeadLetter[] = [];
    for (let cursor = ''; ;) {
      const page = await as('editor', () => letters.listDeadLetters({ state, pageSize: 7, cursor }));
      all.push(...page.deadLetters);
      if (page.nextCursor === '') return all;
      cursor = page.nextCursor;
    }
  };
  const parked = (count: number): Promise<messagingV1.DeadLetter[]> =>
    eventually(async () => {
      const found = await list(DEAD_LETTER_STATE_PARKED);
      return found.length === count && found;
    });
  const redrive = (id: string) => as('editor', () => letters.redriveDeadLetter({ id }));
  const drop = (id: string) => as('editor', () => letters.dropDeadLetter({ id }));

  it('redriven twice, fifty of them among good events, are applied once each', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `poison ${index}`);
    await Promise.all(names.map((name, index) => service.add(app, `key ${index % 10}`, name, `good ${index}`)));
    const found = await parked(50);
    isBroken = false;
    await Promise.all(found.flatMap(({ id }) => [redrive(id), redrive(id)]));
    await eventually(async () => expect((await service.applied()).length).toBe(100));
    // Whatever was given a second time would come before this.
    for (const { id } of found) await redrive(id);
    await Promise.all(Array.from({ length: 10 }, (_, key) => service.add(app, `key ${key}`, 'last')));
    await eventually(async () => expect((await service.applied()).filter((note) => note === 'last').length).toBe(10));
    await eventually(async () => (await service.database.query('SELECT 1 FROM pending_retry')).length === 0);
    const applied = (await service.applied()).filter((note) => note.startsWith('poison'));
    expect(applied.sort()).toEqual(names.sort());
    expect(await list(DEAD_LETTER_STATE_PARKED)).toEqual([]);
    expect((await list(DEAD_LETTER_STATE_REDRIVEN)).length).toBe(50);
    const given = await service.onBroker(`${service.topic}.retry.${service.name}`);
    expect(given.length).toBe(50);
  });

  it('that fail again are parked again under the same id', async () => {
    await service.add(app, 'a', 'poison');
    const [letter] = await parked(1);
    if (!letter) throw new Error('nothing is parked');
    await redrive(letter.id);
    const again = await eventually(async () => {
      const [found] = await list(DEAD_LETTER_STATE_PARKED);
      return found !== undefined && found.parkedAt !== letter.parkedAt && found;
    });
    expect(again).toMatchObject({ id: letter.id, state: DEAD_LETTER_STATE_PARKED, errorMessage: 'cannot' });
    expect(again.resolvedAt).toBeUndefined();
    expect(await service.applied()).toEqual([]);
  });

  it('are shown with all that is known of them', async () => {
    await service.add(app, 'ada', 'poison');
    const [letter] = await parked(1);
    expect(letter).toMatchObject({
      consumer: 'test.apply-note',
      type: service.event.type,
      key: 'ada',
      errorCode: 'PermanentError',
      errorMessage: 'cannot',
      stackHash: expect.stringMatching(/^[0-9a-f]{16}$/),
      attempts: 1,
      originTopic: service.topic,
    });
    const shown = await as('editor', () => letters.getDeadLetter({ id: letter?.id ?? '' }));
    expect(shown).toMatchObject({
      deadLetter: letter,
      source: `/viernes/${service.name}`,
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      payloadJson: JSON.stringify({ note: 'poison', about: 'ada' }),
    });
  });

  it('dropped are never applied, also not when somebody asks again', async () => {
    await service.add(app, 'a', 'poison');
    const [letter] = await parked(1);
    const id = letter?.id ?? '';
    await drop(id);
    await drop(id);
    expect(await list()).toMatchObject([{ id, state: DEAD_LETTER_STATE_DROPPED }]);
    isBroken = false;
    await expect(redrive(id)).rejects.toMatchObject({ code: 'DEAD_LETTER_RESOLVED' });
    await service.add(app, 'a', 'good');
    await eventually(async () => expect(await service.applied()).toEqual(['good']));
  });

  it('redriven cannot be dropped any more', async () => {
    await service.add(app, 'a', 'poison');
    const [letter] = await parked(1);
    isBroken = false;
    await redrive(letter?.id ?? '');
    await expect(drop(letter?.id ?? '')).rejects.toMatchObject({ code: 'DEAD_LETTER_RESOLVED' });
  });

  it('every dead-letter method requires an editor', () => {
    const access = listGrpcMethods(app).map(({ method, access }) => [method, access]);
    expect(Object.fromEntries(access)).toEqual({
      listDeadLetters: 'editor',
      getDeadLetter: 'editor',
      redriveDeadLetter: 'editor',
      dropDeadLetter: 'editor',
    });
  });

  it.each([randomUUID(), '', '17', "' or 1=1 --", '\u0000'])('there is none %j', async (id) => {
    const calls: readonly (() => Promise<unknown>)[] = [
      () => letters.getDeadLetter({ id }),
      () => redrive(id),
      () => drop(id),
    ];
    for (const call of calls) {
      await expect(as('editor', call)).rejects.toMatchObject({ code: 'DEAD_LETTER_NOT_FOUND' });
    }
  });

  it.each([
    [{ cursor: 'x' }, 'CURSOR_INVALID'],
    [{ cursor: Buffer.from(`1:${'z'.repeat(36)}`).toString('base64url') }, 'CURSOR_INVALID'],
    [{ pageSize: 101 }, 'REQUEST_INVALID'],
    [{ state: 17 as messagingV1.DeadLetterState }, 'REQUEST_INVALID'],
  ])('are not listed for %j', async (changes, code) => {
    const request = { state: DEAD_LETTER_STATE_UNSPECIFIED, pageSize: 0, cursor: '', ...changes };
    await expect(as('editor', () => letters.listDeadLetters(request))).rejects.toMatchObject({ code });
  });
});
