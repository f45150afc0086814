import { randomUUID } from 'node:crypto';
import { CodedError, messagingV1 } from '@viernes/contracts';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const { DEAD_LETTER_STATE_PARKED, DEAD_LETTER_STATE_REDRIVEN, DEAD_LETTER_STATE_UNSPECIFIED } =
  messagingV1.DeadLetterState;

function deadLetterMessage(changes: Partial<messagingV1.DeadLetter> = {}): messagingV1.DeadLetter {
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

describe('/v1/dead-letters', () => {
  let edge: TestEdge;
  let token: string;

  beforeAll(async () => {
    edge = await startEdge();
    token = await edge.issuer.sign({ role: 'admin' });
  });
  afterAll(() => edge.stop());

  it('lists the dead letters of the requested service in pages', async () => {
    const letter = deadLetterMessage();
    const requests: messagingV1.ListDeadLettersRequest[] = [];
    edge.catalog.handlers.listDeadLetters = (request) => {
      requests.push(request);
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
    expect(requests).toEqual([
      { state: DEAD_LETTER_STATE_PARKED, pageSize: 1, cursor: '' },
      { state: DEAD_LETTER_STATE_UNSPECIFIED, pageSize: 0, cursor: 'next' },
    ]);
  });

  it.each([
    ['its payload', '{"titleId":"t"}', { titleId: 't' }],
    ['null if the payload cannot be decoded', undefined, null],
  ])('returns a dead letter with %s', async (_, payloadJson, payload) => {
    const letter = deadLetterMessage();
    edge.user.handlers.getDeadLetter = () => ({
      deadLetter: letter,
      source: '/viernes/video',
      occurredAt: '2026-11-20T20:15:00.000Z',
      traceId: '',
      payloadSizeBytes: 15,
      payloadJson,
    });
    const response = await edge.fetch(`/v1/dead-letters/user/${letter.id}`, { token });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ id: letter.id, service: 'user', payload, eventTraceId: null });
  });

  it('redrives and drops a dead letter in the service that stores it', async () => {
    const letter = deadLetterMessage({ state: DEAD_LETTER_STATE_REDRIVEN, resolvedAt: '2026-11-21T08:00:00.000Z' });
    const requests: string[] = [];
    edge.video.handlers.redriveDeadLetter = ({ id }) => {
      requests.push(`redrive ${id}`);
      return { deadLetter: letter };
    };
    edge.video.handlers.dropDeadLetter = ({ id }) => {
      requests.push(`drop ${id}`);
      return { deadLetter: letter };
    };
    const redriven = await edge.fetch(`/v1/dead-letters/video/${letter.id}/redrive`, { token, method: 'POST' });
    expect(redriven.status).toBe(200);
    expect(await redriven.json()).toMatchObject({ state: 'redriven', resolvedAt: letter.resolvedAt });
    const dropped = await edge.fetch(`/v1/dead-letters/video/${letter.id}`, { token, method: 'DELETE' });
    expect(dropped.status).toBe(204);
    expect(requests).toEqual([`redrive ${letter.id}`, `drop ${letter.id}`]);
  });

  it.each(['FORBIDDEN', 'DEAD_LETTER_NOT_FOUND', 'DEAD_LETTER_RESOLVED', 'CURSOR_INVALID'] as const)(
    'returns %s if the service does',
    async (code) => {
      edge.catalog.handlers.listDeadLetters = () => {
        throw new CodedError(code);
      };
      const response = await edge.fetch('/v1/dead-letters?service=catalog', { token });
      expect(await response.json()).toMatchObject({ code });
    },
  );

  it.each([
    ['/v1/dead-letters', 400],
    ['/v1/dead-letters?service=transcoder', 400],
    ['/v1/dead-letters?service=catalog&state=lost', 400],
    ['/v1/dead-letters/catalog/17', 400],
  ])('%s returns %d', async (path, status) => {
    expect((await edge.fetch(path, { token })).status).toBe(status);
  });

  it('returns 401 without a token', async () => {
    expect((await edge.fetch('/v1/dead-letters?service=catalog', { token: null })).status).toBe(401);
  });
});
