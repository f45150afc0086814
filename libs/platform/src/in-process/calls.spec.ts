import 'reflect-metadata';
import { once } from 'node:events';
import { Controller } from '@nestjs/common';
import { GrpcMethod, GrpcStreamMethod, Payload } from '@nestjs/microservices';
import { CodedError, catalogV1, videoV1 } from '@viernes/contracts';
import { eventually } from '@viernes/testing';
import { pino } from 'pino';
import { register } from 'prom-client';
import { finalize, map, Observable } from 'rxjs';
import { Access, advancePosition, CallSignal, currentContext, LATEST, runInContext } from '../index.js';
import type { GrpcClient, RequestContext } from '../index.js';
import { startTestServer, type TestServer } from '../testing/index.js';

/** Returns the sample of a metric with these labels, 0 if there is none. */
async function readMetric(name: string, labels: Readonly<Record<string, string>>): Promise<number> {
  const { values = [] } = (await register.getSingleMetric(name)?.get()) ?? {};
  const hasLabels = (sample: (typeof values)[number]) =>
    Object.entries(labels).every(([label, value]) => sample.labels[label] === value);
  return values.find(hasLabels)?.value ?? 0;
}

const logged: object[] = [];
const logger = pino({ level: 'info' }, { write: (line: string) => logged.push(JSON.parse(line)) });
const received: object[] = [];
const returned: catalogV1.ListTitlesResponse[] = [];
let release = (): void => undefined;
let heldCalls = 0;
let openStreams = 0;
let cancelledStreams = 0;

const TITLE: catalogV1.Title = {
  id: '1',
  kind: 1,
  name: 'Casablanca',
  slug: 'casablanca',
  synopsis: '',
  genres: [],
  directors: [],
  countries: [],
  languages: [],
  artwork: [],
  availability: [],
  credits: [],
  isPlayable: false,
  score: undefined,
  revision: 1,
  createdAt: undefined,
  updatedAt: undefined,
};

@Access('public')
@Controller()
class Titles {
  @GrpcMethod('CatalogService', 'getTitle')
  async getTitle({ titleId }: catalogV1.GetTitleRequest): Promise<catalogV1.GetTitleResponse> {
    if (titleId === 'held') {
      heldCalls += 1;
      await new Promise<void>((resolve) => (release = resolve));
    }
    if (titleId === 'secret') throw new Error('SELECT password FROM account');
    if (titleId === 'invalid')
      throw new CodedError(
        'REQUEST_INVALID',
        {},
        { fieldErrors: [{ path: 'titleId', reason: 'options', values: { options: 'ß' } }] },
      );
    const { deadlineAt = 0, ...call } = currentContext();
    if (titleId.startsWith('commit ')) advancePosition(currentContext(), titleId.slice('commit '.length));
    received.push({ ...call, hasDeadline: deadlineAt > Date.now() });
    return { title: undefined };
  }

  @GrpcMethod('CatalogService', 'listTitles')
  listTitles(request: catalogV1.ListTitlesRequest): catalogV1.ListTitlesResponse {
    received.push(request);
    const title = { ...TITLE, genres: ['drama'], internalNote: 'not in the contract' };
    const nextCursor = request.cursor === 'large' ? 'x'.repeat(9 * 1024 * 1024) : '';
    const response = { titles: [title], nextCursor, highlights: [], isTotalLowerBound: false };
    returned.push(response);
    return response;
  }

  @GrpcMethod('VideoService', 'watchAsset')
  watchAsset({ assetId }: videoV1.WatchAssetRequest): Observable<videoV1.WatchAssetResponse> {
    return new Observable((subscriber) => {
      openStreams += 1;
      subscriber.add(() => (openStreams -= 1));
      const { accountId = '' } = currentContext();
      subscriber.next({ asset: undefined });
      if (accountId === 'ada') subscriber.next({ asset: undefined });
      if (assetId === 'missing') subscriber.error(new CodedError('ASSET_NOT_FOUND'));
      if (assetId === 'finished') subscriber.complete();
    });
  }

  @GrpcStreamMethod('VideoService', 'joinParty')
  joinParty(
    @Payload() requests: Observable<videoV1.JoinPartyRequest>,
    @CallSignal() cancelled: AbortSignal,
  ): Observable<videoV1.JoinPartyResponse> {
    openStreams += 1;
    const { accountId = '' } = currentContext();
    cancelled.addEventListener('abort', () => (cancelledStreams += 1));
    return requests.pipe(
      map(({ message }) => {
        if (message?.$case !== 'ping') throw new CodedError('PARTY_NOT_FOUND');
        const rejection = { code: `${accountId} ${message.ping.sentAtMs}`, clientId: undefined };
        return { message: { $case: 'rejection' as const, rejection } };
      }),
      finalize(() => (openStreams -= 1)),
    );
  }
}

const ping = (sentAtMs: number): videoV1.JoinPartyRequest => ({ message: { $case: 'ping', ping: { sentAtMs } } });

const DEFINITIONS = {
  'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService,
  'viernes.video.v1.VideoService': videoV1.VideoServiceService,
};
const list = { pageSize: 5, cursor: '', query: '', filter: undefined, includeTotal: false, order: 0, language: '' };

describe.each([
  { transport: 'gRPC', isInProcess: false },
  { transport: 'one process', isInProcess: true },
])('a call over $transport', ({ isInProcess }) => {
  let server: TestServer;
  let catalog: GrpcClient<typeof catalogV1.CatalogServiceService>;
  let video: GrpcClient<typeof videoV1.VideoServiceService>;

  beforeAll(async () => {
    const module = { module: class Root {}, controllers: [Titles] };
    server = await startTestServer({ module, definitions: DEFINITIONS, isInProcess, logger });
    catalog = server.client(catalogV1.CatalogServiceService);
    video = server.client(videoV1.VideoServiceService);
    // The first call connects.
    await catalog.getTitle({ titleId: '' });
  });
  beforeEach(() => received.splice(0));
  afterAll(() => server.stop());

  it('runs in a new context with the trace, caller, and deadline of the caller', async () => {
    const client = { address: '192.0.2.7', userAgent: 'Firefox/140.0' };
    const call = { traceId: 'a'.repeat(32), accountId: 'ada', sessionId: 's1', role: 'viewer' as const, client };
    await runInContext(call, () => catalog.getTitle({ titleId: '1' }));
    expect(received).toEqual([{ ...call, hasDeadline: true }]);
  });

  it('stores the position of a commit in the context of the caller, whose later calls send the highest position', async () => {
    const context: RequestContext = { traceId: 'a'.repeat(32), position: LATEST };
    await runInContext(context, async () => {
      for (const titleId of ['commit 0000000000000002', 'commit 0000000000000001', '1'])
        await catalog.getTitle({ titleId });
    });
    const positions = [LATEST, '0000000000000002', '0000000000000002'];
    expect(received).toEqual(positions.map((position) => ({ traceId: context.traceId, position, hasDeadline: true })));
    expect(context.position).toBe('0000000000000002');
  });

  it('rejects with the code and the field errors that the service threw', async () => {
    await expect(catalog.getTitle({ titleId: 'invalid' })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      fieldErrors: [{ path: 'titleId', reason: 'options', values: { options: 'ß' } }],
    });
  });

  it('reveals nothing about an unexpected error', async () => {
    const failure = catalog.getTitle({ titleId: 'secret' });
    await expect(failure).rejects.toMatchObject({ code: 'INTERNAL' });
    await failure.catch((error: CodedError) => expect(`${error.stack} ${error.cause}`).not.toContain('SELECT'));
  });

  it('rejects a method that no controller implements', async () => {
    await expect(catalog.createTitle({} as catalogV1.CreateTitleRequest)).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('counts a failed call by its error code', async () => {
    const counted = (code: string) => readMetric('grpc_server_calls_total', { method: 'GetTitle', code });
    const [succeeded, rejected] = [await counted('OK'), await counted('REQUEST_INVALID')];
    await catalog.getTitle({ titleId: '1' });
    await catalog.getTitle({ titleId: 'invalid' }).catch(() => undefined);
    expect(await counted('OK')).toBe(succeeded + 1);
    expect(await counted('REQUEST_INVALID')).toBe(rejected + 1);
  });

  it('logs a failed call once, with its method and code', async () => {
    logged.length = 0;
    await catalog.getTitle({ titleId: 'invalid' }).catch(() => undefined);
    await catalog.getTitle({ titleId: 'secret' }).catch(() => undefined);
    const method = '/viernes.catalog.v1.CatalogService/GetTitle';
    expect(logged).toEqual([
      expect.objectContaining({ method, code: 'REQUEST_INVALID', level: 30 }),
      expect.objectContaining({ method, code: 'INTERNAL', level: 50 }),
    ]);
  });

  it('rejects at the deadline of the client or the request context, whichever is earlier', async () => {
    const isLate = { code: 'DEADLINE_EXCEEDED' };
    await expect(catalog.getTitle({ titleId: 'held' }, { timeoutMs: 50 })).rejects.toMatchObject(isLate);
    release();
    const call = { traceId: 'c'.repeat(32), deadlineAt: Date.now() + 50 };
    await expect(runInContext(call, () => catalog.getTitle({ titleId: 'held' }))).rejects.toMatchObject(isLate);
    release();
    const expired = { traceId: 'c'.repeat(32), deadlineAt: Date.now() - 1 };
    await expect(runInContext(expired, () => catalog.getTitle({ titleId: '1' }))).rejects.toMatchObject(isLate);
  });

  it('rejects when its signal aborts', async () => {
    const leaving = new AbortController();
    const call = catalog.getTitle({ titleId: 'held' }, { signal: leaving.signal });
    setTimeout(() => leaving.abort(), 20);
    await expect(call).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    release();
  });

  it('ends without a response if its signal is already aborted', async () => {
    const limits = { signal: AbortSignal.abort() };
    // The request can still arrive. The handler rejects it, so that other tests do not see it.
    const call = catalog.getTitle({ titleId: 'invalid' }, limits);
    await expect(call).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    let seen = 0;
    for await (const _ of video.watchAsset({ assetId: 'open' }, { ...limits, timeoutMs: 1_000 })) seen += 1;
    expect(seen).toBe(0);
  });

  it('delivers messages without unset fields, fields outside the contract, or shared objects', async () => {
    const request = { ...list, query: 'lone surrogate \ud800' };
    const { titles } = await catalog.listTitles(request);
    expect(received[0]).toEqual({ ...list, query: 'lone surrogate \ufffd' });
    const [title] = titles;
    expect(Object.keys(title ?? {}).toSorted()).toEqual(
      Object.keys(TITLE)
        .filter((key) => key !== 'score')
        .toSorted(),
    );
    title?.genres.push('changed by the caller');
    expect(returned.at(-1)?.titles[0]?.genres).toEqual(['drama']);
  });

  it('rejects messages that are too large', async () => {
    const large = catalog.listTitles({ ...list, query: 'x'.repeat(8 * 1024 * 1024 + 1) });
    await expect(large).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(received).toEqual([]);
    await expect(catalog.listTitles({ ...list, cursor: 'large' })).rejects.toMatchObject({ code: 'OVERLOADED' });
  });

  it('iterates a stream in the context of the call, and throws the error that ends it', async () => {
    let seen = 0;
    const context = { traceId: 'd'.repeat(32), accountId: 'ada' };
    const responses = runInContext(context, () => video.watchAsset({ assetId: 'missing' }));
    const watch = async () => {
      for await (const _ of responses) seen += 1;
    };
    await expect(watch()).rejects.toMatchObject({ code: 'ASSET_NOT_FOUND' });
    expect(seen).toBe(2);
    for await (const _ of video.watchAsset({ assetId: 'finished' })) seen += 1;
    expect(seen).toBe(3);
  });

  it('responds to each request of a bidirectional stream before the next one, in the context of the call', async () => {
    const seen: (string | undefined)[] = [];
    let release = (): void => undefined;
    async function* requests() {
      for (const number of [1, 2, 3]) {
        const hasResponse = new Promise<void>((resolve) => (release = resolve));
        yield ping(number);
        await hasResponse;
      }
    }
    const context = { traceId: 'd'.repeat(32), accountId: 'ada' };
    for await (const { message } of runInContext(context, () => video.joinParty(requests()))) {
      seen.push(message?.$case === 'rejection' ? message.rejection.code : undefined);
      release();
    }
    expect(seen).toEqual(['ada 1', 'ada 2', 'ada 3']);
    expect(openStreams).toBe(0);
  });

  it('throws the error that ends a bidirectional stream, while the client still sends', async () => {
    const release = new AbortController();
    async function* requests() {
      yield ping(1);
      yield { message: undefined };
      await once(release.signal, 'abort');
    }
    const join = async () => {
      for await (const _ of video.joinParty(requests()));
    };
    await expect(join()).rejects.toMatchObject({ code: 'PARTY_NOT_FOUND' });
    release.abort();
    expect(openStreams).toBe(0);
  });

  it('ends a bidirectional stream at the service when its signal aborts', async () => {
    const leaving = new AbortController();
    const before = cancelledStreams;
    async function* requests() {
      yield ping(1);
      await once(leaving.signal, 'abort');
    }
    for await (const _ of video.joinParty(requests(), { signal: leaving.signal })) leaving.abort();
    await eventually(() => expect([openStreams, cancelledStreams]).toEqual([0, before + 1]));
  });

  it('ends a stream at the service when the client leaves it', async () => {
    for await (const _ of video.watchAsset({ assetId: 'open' })) break;
    await eventually(() => expect(openStreams).toBe(0));
  });

  it('ends a stream without an error when its signal aborts, and counts it as CANCELLED', async () => {
    const method = 'WatchAsset';
    const countCancelled = () => readMetric('grpc_server_calls_total', { method, code: 'CANCELLED' });
    const cancelled = await countCancelled();
    const leaving = new AbortController();
    for await (const _ of video.watchAsset({ assetId: 'open' }, { signal: leaving.signal })) {
      expect(await readMetric('grpc_server_calls_in_flight', { method })).toBe(1);
      leaving.abort();
    }
    await eventually(async () => {
      expect(openStreams).toBe(0);
      expect(await countCancelled()).toBe(cancelled + 1);
      expect(await readMetric('grpc_server_calls_in_flight', { method })).toBe(0);
    });
  });

  it('ends a stream with an error at its deadline', async () => {
    const watch = async () => {
      for await (const _ of video.watchAsset({ assetId: 'open' }, { timeoutMs: 50 }));
    };
    await expect(watch()).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await eventually(() => expect(openStreams).toBe(0));
  });

  it('finishes before the service closes, which then rejects new calls', async () => {
    const before = heldCalls;
    const held = catalog.getTitle({ titleId: 'held' });
    await eventually(() => heldCalls > before);
    let isClosed = false;
    const closing = server.app.close().then(() => (isClosed = true));
    await expect(catalog.getTitle({ titleId: '1' })).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    expect(isClosed).toBe(false);
    release();
    await expect(held).resolves.toBeDefined();
    await closing;
  });
});
