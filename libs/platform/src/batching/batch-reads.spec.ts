import { setImmediate } from 'node:timers/promises';
import { Metadata, status } from '@grpc/grpc-js';
import { catalogV1, CodedError } from '@viernes/contracts';
import { currentContext, runInContext, type RequestContext } from '../context/request-context.js';
import { newTraceId } from '../context/trace-parent.js';
import type { GrpcClient } from '../grpc/grpc-client.js';
import { batchReads, toBatchResult } from './batch-reads.js';

type Service = typeof catalogV1.CatalogServiceService;
type Client = GrpcClient<Service>;

/** The calls that the client sends: the ID of a separate call, or the IDs of a batch. */
type Sent = string | readonly string[];

describe('batchReads', () => {
  let sent: Sent[];
  let contexts: RequestContext[];
  let failBatch: (() => Error) | undefined;

  beforeEach(() => {
    sent = [];
    contexts = [];
    failBatch = undefined;
  });

  const respond = (titleId: string): catalogV1.GetTitleResponse => ({
    title: { ...catalogV1.Title.decode(new Uint8Array()), id: titleId },
  });
  const getTitle: Client['getTitle'] = async ({ titleId }) => {
    sent.push(titleId);
    contexts.push(currentContext());
    if (titleId === 'unknown') throw new CodedError('TITLE_NOT_FOUND', { titleId });
    return respond(titleId);
  };
  const getTitleBatch: Client['getTitleBatch'] = async ({ requests }) => {
    sent.push(requests.map(({ titleId }) => titleId));
    contexts.push(currentContext());
    if (failBatch) throw failBatch();
    return {
      results: requests.map(({ titleId }) => ({ response: titleId === 'unknown' ? undefined : respond(titleId) })),
    };
  };
  const client = batchReads<Service>({ getTitle, getTitleBatch } as Client, {
    getTitle: { method: 'getTitleBatch', includes: ({ titleId }) => titleId !== 'slow' },
  });

  const get = async (titleId: string, context: Partial<RequestContext> = {}): Promise<string | undefined> =>
    runInContext({ traceId: newTraceId(), ...context }, async () => (await client.getTitle({ titleId })).title?.id);
  const getAll = (...ids: readonly string[]) => Promise.allSettled(ids.map((id) => get(id)));
  const fulfilled = (value: string) => ({ status: 'fulfilled', value });
  const rejected = (code: string) => ({ status: 'rejected', reason: expect.objectContaining({ code }) });

  it('sends the calls of one iteration of the event loop together, and returns each caller its own response', async () => {
    expect(await getAll('a', 'b', 'c')).toEqual([fulfilled('a'), fulfilled('b'), fulfilled('c')]);
    expect(sent).toEqual([['a', 'b', 'c']]);
  });

  it('sends a call unchanged, with the context of its caller, if it is alone', async () => {
    const context = { accountId: 'account', role: 'viewer', maximumAge: 13 } as const;
    expect(await get('a', context)).toBe('a');
    await setImmediate();
    expect(await get('b')).toBe('b');
    expect(sent).toEqual(['a', 'b']);
    expect(contexts[0]).toMatchObject(context);
  });

  it('sends a batch without the identity of any caller', async () => {
    const context = { accountId: 'account', sessionId: 'session', role: 'viewer', profileId: 'profile' } as const;
    const shared = { maximumAge: 13, position: '0000000000000001', isCanary: true };
    await Promise.all(['a', 'b'].map((id) => get(id, { ...context, ...shared })));
    expect(contexts).toEqual([{ traceId: expect.any(String), ...shared }]);
  });

  it('sends at most 32 calls in a batch', async () => {
    await getAll(...Array.from({ length: 65 }, (_, index) => String(index)));
    expect(sent.map((calls) => (typeof calls === 'string' ? 1 : calls.length))).toEqual([32, 32, 1]);
  });

  it.each([
    ['maximumAge', { maximumAge: 7 }, { maximumAge: 13 }],
    ['position', { position: '0000000000000001' }, {}],
    ['canary', { isCanary: true }, { isCanary: false }],
    ['deadline', { deadlineAt: Date.now() + 5_000 }, { deadlineAt: Date.now() + 1_000 }],
  ])('does not combine calls with a different %s', async (_name, one, other) => {
    await Promise.all([get('a', one), get('b', other), get('c', one), get('d', other)]);
    expect(sent).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
  });

  it('applies the earliest deadline of its calls to a batch', async () => {
    const deadlineAt = Math.ceil(Date.now() / 100) * 100 + 5_000;
    await Promise.all([get('a', { deadlineAt: deadlineAt + 20 }), get('b', { deadlineAt })]);
    expect(contexts).toMatchObject([{ deadlineAt }]);
  });

  it('sends the calls of editors, of sampled traces, with limits, and slow ones immediately and separately', async () => {
    const calls = [
      ...['a', 'b'].map((id) => get(id, { accountId: 'account', role: 'editor' })),
      ...['c', 'd'].map((id) => get(id, { span: {} as NonNullable<RequestContext['span']> })),
      ...['e', 'f'].map((titleId) => client.getTitle({ titleId }, { timeoutMs: 1_000 })),
      get('slow'),
      get('slow'),
    ];
    expect(sent).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'slow', 'slow']);
    await Promise.all(calls);
  });

  it('sends a call without a response in the batch again, so that its caller receives the error', async () => {
    expect(await getAll('a', 'unknown', 'b')).toEqual([fulfilled('a'), rejected('TITLE_NOT_FOUND'), fulfilled('b')]);
    expect(sent).toEqual([['a', 'unknown', 'b'], 'unknown']);
  });

  const transportError = (code: status): Error => Object.assign(new Error(), { code, metadata: new Metadata() });

  it.each([
    ['the service does not have the method', () => new CodedError('INTERNAL')],
    [
      'the response of the batch is too large',
      () => new CodedError('OVERLOADED', {}, { cause: transportError(status.RESOURCE_EXHAUSTED) }),
    ],
  ])('sends each call separately if %s', async (_case, fail) => {
    failBatch = fail;
    expect(await getAll('a', 'b')).toEqual([fulfilled('a'), fulfilled('b')]);
    expect(sent).toEqual([['a', 'b'], 'a', 'b']);
  });

  it.each(['DEPENDENCY_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'OVERLOADED'] as const)(
    'rejects all calls if the batch fails with %s, without further calls',
    async (code) => {
      failBatch = () => new CodedError(code);
      expect(await getAll('a', 'b')).toEqual([rejected(code), rejected(code)]);
      expect(sent).toEqual([['a', 'b']]);
    },
  );
});

describe('toBatchResult', () => {
  it('returns no response for a request that fails, and rejects for a failure of the service', async () => {
    const fail = (code: 'TITLE_NOT_FOUND' | 'OVERLOADED') => toBatchResult(Promise.reject(new CodedError(code)));
    await expect(toBatchResult(Promise.resolve(1))).resolves.toEqual({ response: 1 });
    await expect(fail('TITLE_NOT_FOUND')).resolves.toEqual({ response: undefined });
    await expect(fail('OVERLOADED')).rejects.toMatchObject({ code: 'OVERLOADED' });
    await expect(toBatchResult(Promise.reject(new Error()))).rejects.toThrow();
  });
});
