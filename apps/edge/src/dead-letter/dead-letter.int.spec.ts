import { randomUUID } from 'node:crypto';
import { CodedError, messagingV1 } from '@viernes/contracts';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const { DEAD_LETTER_STATE_PARKED, DEAD_LETTER_STATE_REDRIVEN, DEAD_LETTER_STATE_UNSPECIFIED } =
  messagingV1.DeadLetterState;

function letterMessage(changes: Partial<messagingV1.DeadLetter> = {}): messagingV1.DeadLetter {
  return {
    id: randomUUID(),
    consumer: 'catalog.make-title-playable',
    eventId: randomUUID(),
    type: 'viernes.video.published.v1',
    key: 'asset-1',
    state: DEAD_LETTER_STATE_PARKED,
    errorCode: 'REQUEST_INVALID',
    errorMessage: 'titleId: Invalid UUID',
    stackHash: '0123456789abcdef',
    attempts: 1,
    originTopic: 'viernes.video.assets',
    originPartition: 3,
    originOffset: 17,
    firstFailedAt: '2026-11-20T20:15:00.000Z',
    parkedAt: '2026-11-20T20:15:08.000Z',
    ...changes,
  };
}

describe('dead letters', () => {
  let edge: TestEdge;
  let token: string;

  beforeAll(async () => {
    edge = await startEdge();
    token = await edge.issuer.sign({ role: 'editor' });
  });
  afterAll(() => edge.stop());

  it('are listed of the service asked for, page by page', async () => {
    const letter = letterMessage();
    const asked: messagingV1.ListDeadLettersRequest[] = [];
    edge.catalog.handlers.listDeadLetters = (request) => {
      asked.push(request);
      return { deadLetters: [letter], nextCursor: request.cursor === '' ? 'next' : '' };
    };
    const first = await edge.fetch('/v1/dead-letters?service=catalog&state=parked&pageSize=1', { token });
    expect(first.status).toBe(200);
    expect(await first.json()).toEqual({
      deadLetters: [{ ...letter, service: 'catalog', state: 'parked', resolvedAt: null }],
      nextCursor: 'next',
    });
    const last = await edge.fetch('/v1/dead-letters?service=catalog&cursor=next', { token });
    expect(await last.json()).toMatchObject({ nextCursor: null });
    expect(asked).toEqual([
      { state: DEAD_LETTER_STATE_PARKED, pageSize: 1, cursor: '' },
      { state: DEAD_LETTER_STATE_UNSPECIFIED, pageSize: 0, cursor: 'next' },
    ]);
  });

  it.each([
    ['with its payload', '{"titleId":"t"}', { titleId: 't' }],
    ['without one that cannot be read', undefined, null],
  ])('are shown %s', async (_, payloadJson, payload) => {
    const letter = letterMessage();
    edge.user.handlers.getDeadLetter = () => ({
      deadLetter: letter,
      source: '/viernes/video',
      occurredAt: '2026-11-20T20:15:00.000Z',
      traceId: '',
      payloadSizeBytes: 15,
      payloadJson,
    });
    const answer = await edge.fetch(`/v1/dead-letters/user/${letter.id}`, { token });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ id: letter.id, service: 'user', payload, eventTraceId: null });
  });

  it('are redriven and dropped where they are', async () => {
    const letter = letterMessage({ state: DEAD_LETTER_STATE_REDRIVEN, resolvedAt: '2026-11-21T08:00:00.000Z' });
    const asked: string[] = [];
    edge.video.handlers.redriveDeadLetter = ({ id }) => {
      asked.push(`redrive ${id}`);
      return { deadLetter: letter };
    };
    edge.video.handlers.dropDeadLetter = ({ id }) => {
      asked.push(`drop ${id}`);
      return { deadLetter: letter };
    };
    const redriven = await edge.fetch(`/v1/dead-letters/video/${letter.id}/redrive`, { token, method: 'POST' });
    expect(redriven.status).toBe(200);
    expect(await redriven.json()).toMatchObject({ state: 'redriven', resolvedAt: letter.resolvedAt });
    const dropped = await edge.fetch(`/v1/dead-letters/video/${letter.id}`, { token, method: 'DELETE' });
    expect(dropped.status).toBe(204);
    expect(asked).toEqual([`redrive ${letter.id}`, `drop ${letter.id}`]);
  });

  it.each(['FORBIDDEN', 'DEAD_LETTER_NOT_FOUND', 'DEAD_LETTER_RESOLVED', 'CURSOR_INVALID'] as const)(
    'answer %s as their service does',
    async (code) => {
      edge.catalog.handlers.listDeadLetters = () => {
        throw new CodedError(code);
      };
      const answer = await edge.fetch('/v1/dead-letters?service=catalog', { token });
      expect(await answer.json()).toMatchObject({ code });
    },
  );

  it.each([
    ['/v1/dead-letters', 400],
    ['/v1/dead-letters?service=transcoder', 400],
    ['/v1/dead-letters?service=catalog&state=lost', 400],
    ['/v1/dead-letters/catalog/17', 400],
  ])('at %s are %d', async (path, status) => {
    expect((await edge.fetch(path, { token })).status).toBe(status);
  });

  it('are for who is signed in', async () => {
    expect((await edge.fetch('/v1/dead-letters?service=catalog', { token: null })).status).toBe(401);
  });
});
