import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { messagingV1 } from '@viernes/contracts';
import { Database, RowCleanups } from '@viernes/database';
import type { GrpcClient } from '@viernes/platform';
import { newCaller, runAs, startTestServer, type TestServer } from '@viernes/platform/testing';
import { eventually } from '@viernes/testing';
import { register } from 'prom-client';
import { MESSAGING_DEFINITIONS, PermanentError } from '../index.js';
import { TestService } from '../testing/test-service.js';

const {
  DEAD_LETTER_STATE_PARKED,
  DEAD_LETTER_STATE_REDRIVEN,
  DEAD_LETTER_STATE_DROPPED,
  DEAD_LETTER_STATE_UNSPECIFIED,
} = messagingV1.DeadLetterState;

describe('dead letters', () => {
  let service: TestService;
  let server: TestServer;
  let letters: GrpcClient<typeof messagingV1.DeadLetterServiceService>;
  /** Whether the handler fails. */
  let isBroken: boolean;

  beforeAll(async () => {
    service = await TestService.create();
    service.before = (_, { data }) =>
      isBroken && data.note.startsWith('poison') ? Promise.reject(new PermanentError('cannot')) : Promise.resolve();
    server = await startTestServer({ module: service.module(), definitions: MESSAGING_DEFINITIONS });
    letters = server.client(messagingV1.DeadLetterServiceService);
    await server.app.get(Database, { strict: false }).whenReady();
  });
  afterAll(async () => {
    await server?.stop();
    await service?.stop();
  });
  beforeEach(async () => {
    isBroken = true;
    await service.database.query('TRUNCATE applied, dead_letter');
  });

  const asAdmin = <Result>(work: () => Promise<Result>) => runAs(newCaller('admin'), work);
  const list = async (state = DEAD_LETTER_STATE_UNSPECIFIED): Promise<messagingV1.DeadLetter[]> => {
    const all: messagingV1.DeadLetter[] = [];
    for (let cursor = ''; ;) {
      const page = await asAdmin(() => letters.listDeadLetters({ state, pageSize: 7, cursor }));
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
  const redrive = (id: string) => asAdmin(() => letters.redriveDeadLetter({ id }));
  const drop = (id: string) => asAdmin(() => letters.dropDeadLetter({ id }));

  it('applies each of fifty dead letters only once if it is redriven twice among other events', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `poison ${index}`);
    await Promise.all(names.map((name, index) => service.add(server.app, `key ${index % 10}`, name, `good ${index}`)));
    const found = await parked(50);
    isBroken = false;
    for (const { id } of found) await Promise.all([redrive(id), redrive(id)]);
    await eventually(async () => expect((await service.applied()).length).toBe(100));
    // A second delivery would be processed before these events.
    for (const { id } of found) await redrive(id);
    await Promise.all(Array.from({ length: 10 }, (_, key) => service.add(server.app, `key ${key}`, 'last')));
    await eventually(async () => expect((await service.applied()).filter((note) => note === 'last').length).toBe(10));
    await eventually(async () => (await service.database.query('SELECT 1 FROM pending_retry')).length === 0);
    const applied = (await service.applied()).filter((note) => note.startsWith('poison'));
    expect(applied.sort()).toEqual(names.sort());
    expect(await list(DEAD_LETTER_STATE_PARKED)).toEqual([]);
    expect((await list(DEAD_LETTER_STATE_REDRIVEN)).length).toBe(50);
    expect(await service.messages(service.retryTopic)).toHaveLength(50);
  });

  it('keeps the ID of a dead letter when its redriven event fails again', async () => {
    await service.add(server.app, 'a', 'poison');
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

  it('returns a dead letter with its failure and its decoded payload', async () => {
    await service.add(server.app, 'ada', 'poison');
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
    const shown = await asAdmin(() => letters.getDeadLetter({ id: letter?.id ?? '' }));
    expect(shown).toMatchObject({
      deadLetter: letter,
      source: `/viernes/${service.name}`,
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      payloadJson: JSON.stringify({ note: 'poison', about: 'ada' }),
    });
  });

  it('deletes resolved dead letters 48 hours after the retention of their topic, but no parked ones', async () => {
    for (const note of ['poison old', 'poison new', 'poison parked']) await service.add(server.app, 'a', note);
    const found = await parked(3);
    const [old, recent, open] = found.toSorted((a, b) => (a.parkedAt ?? '').localeCompare(b.parkedAt ?? ''));
    for (const letter of [old, recent]) await drop(letter?.id ?? '');
    const age = (id: string | undefined, hours: number) =>
      service.database.query(
        `UPDATE dead_letter SET parked_at = parked_at - make_interval(hours => $2),
           resolved_at = resolved_at - make_interval(hours => $2) WHERE id = $1`,
        [id, hours],
      );
    // The topic retains events for an hour.
    await age(old?.id, 50);
    await age(recent?.id, 48);
    await age(open?.id, 50);
    await server.app.get(RowCleanups, { strict: false }).run();
    expect((await list()).map(({ id }) => id).toSorted()).toEqual([recent?.id, open?.id].toSorted());
  });

  it('deletes parked dead letters after 30 days, and counts them', async () => {
    for (const note of ['poison old', 'poison new']) await service.add(server.app, 'a', note);
    const [old, recent] = await parked(2);
    await service.database.query(
      `UPDATE dead_letter SET parked_at = now() - make_interval(days => CASE WHEN id = $1 THEN 31 ELSE 29 END)`,
      [old?.id],
    );
    const countExpired = async (): Promise<number> => {
      const metric = await register.getSingleMetric('dead_letters_expired_total')?.get();
      return metric?.values.find(({ labels }) => labels['consumer'] === 'test.apply-note')?.value ?? 0;
    };
    await server.app.get(RowCleanups, { strict: false }).run();
    expect(await list()).toMatchObject([{ id: recent?.id }]);
    expect(await countExpired()).toBe(1);
  });

  it('rejects a redrive of a dropped event with DEAD_LETTER_RESOLVED', async () => {
    await service.add(server.app, 'a', 'poison');
    const [letter] = await parked(1);
    const id = letter?.id ?? '';
    await drop(id);
    await drop(id);
    expect(await list()).toMatchObject([{ id, state: DEAD_LETTER_STATE_DROPPED }]);
    isBroken = false;
    await expect(redrive(id)).rejects.toMatchObject({ code: 'DEAD_LETTER_RESOLVED' });
    await service.add(server.app, 'a', 'good');
    await eventually(async () => expect(await service.applied()).toEqual(['good']));
  });

  it('rejects a drop of a redriven event with DEAD_LETTER_RESOLVED', async () => {
    await service.add(server.app, 'a', 'poison');
    const [letter] = await parked(1);
    isBroken = false;
    await redrive(letter?.id ?? '');
    await expect(drop(letter?.id ?? '')).rejects.toMatchObject({ code: 'DEAD_LETTER_RESOLVED' });
  });

  it('rejects callers that are not admins, because events reveal what households watch', async () => {
    const id = randomUUID();
    const calls: readonly (() => Promise<unknown>)[] = [
      () => letters.listDeadLetters({ state: DEAD_LETTER_STATE_UNSPECIFIED, pageSize: 0, cursor: '' }),
      () => letters.getDeadLetter({ id }),
      () => letters.redriveDeadLetter({ id }),
      () => letters.dropDeadLetter({ id }),
    ];
    for (const call of calls) {
      for (const role of ['viewer', 'editor'] as const)
        await expect(runAs(newCaller(role), call)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(call()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it.each([randomUUID(), '', '17', "' or 1=1 --", '\u0000'])(
    'returns DEAD_LETTER_NOT_FOUND for the ID %j',
    async (id) => {
      const calls: readonly (() => Promise<unknown>)[] = [
        () => letters.getDeadLetter({ id }),
        () => redrive(id),
        () => drop(id),
      ];
      for (const call of calls) {
        await expect(asAdmin(call)).rejects.toMatchObject({ code: 'DEAD_LETTER_NOT_FOUND' });
      }
    },
  );

  it.each([
    [{ cursor: 'x' }, 'CURSOR_INVALID'],
    [{ cursor: Buffer.from(`1:${'z'.repeat(36)}`).toString('base64url') }, 'CURSOR_INVALID'],
    [{ pageSize: 101 }, 'REQUEST_INVALID'],
    [{ state: 17 as messagingV1.DeadLetterState }, 'REQUEST_INVALID'],
  ])('rejects a list request with %j', async (changes, code) => {
    const request = { state: DEAD_LETTER_STATE_UNSPECIFIED, pageSize: 0, cursor: '', ...changes };
    await expect(asAdmin(() => letters.listDeadLetters(request))).rejects.toMatchObject({ code });
  });
});
