import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { Code, ConnectError, createClient, type Client, type Transport } from '@connectrpc/connect';
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from '@connectrpc/connect-node';
import { fromBinary, toJson } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { catalogV1, CodedError } from '@viernes/contracts';
import {
  ArtworkKind,
  CreditRole,
  Health,
  HealthCheckResponse_ServingStatus as ServingStatus,
  ProblemSchema,
  ServerReflection,
  TitleKind,
  TitleOrder,
  TitleSchema,
  TitleService,
} from '@viernes/contracts/public';
import { backing } from '@viernes/testing';
import { fromRandomAddress, TRUST_FORWARDED_FOR } from '../testing/client-address.js';
import { titleMessage, titlePageMessage } from '../testing/messages.js';
import { toPlans } from '../testing/raised-limit.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const film = titleMessage({
  maturityRating: 'NR',
  releaseYear: 1927,
  durationMs: 9_180_000,
  artwork: [
    {
      kind: catalogV1.ArtworkKind.ARTWORK_KIND_BACKDROP,
      url: '/a.jpg',
      widthPx: 16,
      heightPx: 9,
      alternativeText: 'A',
    },
  ],
  credits: [{ personId: randomUUID(), name: 'Fritz Lang', role: catalogV1.CreditRole.CREDIT_ROLE_WRITER }],
  availability: [{ startsAt: '2026-01-01T00:00:00.000Z', endsAt: undefined }],
});

const PROTOCOLS = {
  gRPC: ({ grpcUrl }: TestEdge) => createGrpcTransport({ baseUrl: grpcUrl }),
  'gRPC-Web': ({ url }: TestEdge) => createGrpcWebTransport({ baseUrl: url, httpVersion: '1.1' }),
  Connect: ({ url }: TestEdge) => createConnectTransport({ baseUrl: url, httpVersion: '1.1' }),
  'Connect with GET and JSON': ({ url }: TestEdge) =>
    createConnectTransport({ baseUrl: url, httpVersion: '1.1', useHttpGet: true, useBinaryFormat: false }),
} as const satisfies Record<string, (edge: TestEdge) => Transport>;

async function catchError(call: Promise<unknown>): Promise<ConnectError> {
  return ConnectError.from(
    await call.then(
      () => 'no error',
      (error: unknown) => error,
    ),
  );
}

describe.each(Object.entries(PROTOCOLS))('titles over %s', (_protocol, toTransport) => {
  const requests: catalogV1.ListTitlesRequest[] = [];
  let edge: TestEdge;
  let titles: Client<typeof TitleService>;

  beforeAll(async () => {
    // This client does not retry a call that it sends while the edge announces the close of the connection.
    const stable = { HTTP_MAX_CONNECTION_AGE_MS: '0' };
    edge = await startEdge({ ...TRUST_FORWARDED_FOR, ...stable, PLANS: toPlans({ rate: 0.01, burst: 3 }) });
    titles = createClient(TitleService, toTransport(edge));
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    requests.length = 0;
    edge.catalog.handlers = {
      getTitle: ({ titleId }) => {
        if (titleId === film.id) return { title: film };
        throw new CodedError('TITLE_NOT_FOUND');
      },
      listTitles: (request) => {
        requests.push(request);
        return { ...titlePageMessage([film]), nextCursor: 'next', estimatedTotal: 7 };
      },
    };
  });
  /** Uses a random IP address, so that each test has its own budget. */
  const options = (headers: Readonly<Record<string, string>> = {}) => ({
    headers: { ...fromRandomAddress(), ...headers },
  });

  it('returns the content of the HTTP API', async () => {
    const { title } = await titles.getTitle({ id: film.id }, options());
    const response = await edge.fetch(`/v1/titles/${film.id}`, { token: null, headers: fromRandomAddress() });
    const { kind, artwork, credits, ...same } = (await response.json()) as Record<string, unknown>;
    expect([kind, artwork, credits]).toMatchObject(['film', [{ kind: 'backdrop' }], [{ role: 'writer' }]]);
    const present = Object.fromEntries(Object.entries(same).filter(([, value]) => value !== null));
    const expectedJson = JSON.parse(JSON.stringify(present)) as object;
    expect(title && toJson(TitleSchema, title, { alwaysEmitImplicit: true })).toMatchObject({
      ...expectedJson,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      availability: [{ startsAt: '2026-01-01T00:00:00Z' }],
      durationMs: '9180000',
    });
    expect(title).toMatchObject({
      kind: TitleKind.FILM,
      artwork: [{ kind: ArtworkKind.BACKDROP }],
      credits: [{ name: 'Fritz Lang', role: CreditRole.WRITER }],
    });
  });

  it('lists titles with the filters of the request', async () => {
    const page = await titles.listTitles(
      {
        kind: TitleKind.SERIES,
        genres: ['War', 'Sci-Fi'],
        countries: ['JP'],
        languages: ['ja', 'pt-BR'],
        yearFrom: 1990,
        yearTo: 1999,
        playableOnly: true,
        order: TitleOrder.POPULARITY,
        includeTotal: true,
        pageSize: 5,
      },
      options(),
    );
    expect(page).toMatchObject({ titles: [{ id: film.id }], nextCursor: 'next', estimatedTotal: 7n });
    expect(requests).toMatchObject([
      {
        order: catalogV1.TitleOrder.TITLE_ORDER_POPULARITY,
        pageSize: 5,
        includeTotal: true,
        filter: {
          kind: catalogV1.TitleKind.TITLE_KIND_SERIES,
          genres: ['War', 'Sci-Fi'],
          countries: ['JP'],
          languages: ['ja', 'pt-BR'],
          releaseYearFrom: 1990,
          releaseYearTo: 1999,
          playableOnly: true,
        },
      },
    ]);
  });

  it('returns an error with its code and trace ID, in the language of the client', async () => {
    const traceId = randomUUID().replaceAll('-', '');
    const headers = { 'accept-language': 'es', traceparent: `00-${traceId}-${'b'.repeat(16)}-00` };
    const error = await catchError(titles.getTitle({ id: randomUUID() }, options(headers)));
    expect([error.code, error.metadata.get('viernes-error-code')]).toEqual([Code.NotFound, 'TITLE_NOT_FOUND']);
    expect(error.rawMessage).toBe('El título no existe');
    expect(error.findDetails(ProblemSchema)).toMatchObject([{ status: 404, code: 'TITLE_NOT_FOUND', traceId }]);
  });

  it.each([
    ['id', () => titles.getTitle({ id: '' }, options())],
    ['pageSize', () => titles.listTitles({ pageSize: 101 }, options())],
    ['kind', () => titles.listTitles({ kind: 99 as TitleKind }, options())],
    ['sort', () => titles.listTitles({ query: 'ran', order: TitleOrder.NAME }, options())],
  ])('rejects an invalid %s like the HTTP API', async (path, call) => {
    const error = await catchError(call());
    expect(error.code).toBe(Code.InvalidArgument);
    expect(error.findDetails(ProblemSchema)).toMatchObject([{ code: 'REQUEST_INVALID', errors: [{ path }] }]);
    expect(requests).toEqual([]);
  });

  it('accepts a valid access token, and rejects an invalid one', async () => {
    const invalid = await catchError(titles.getTitle({ id: film.id }, options({ authorization: 'Bearer a.b.c' })));
    expect([invalid.code, invalid.metadata.get('viernes-error-code')]).toEqual([
      Code.Unauthenticated,
      'UNAUTHENTICATED',
    ]);
    const accountId = randomUUID();
    let calledBy: unknown;
    edge.catalog.handlers.listTitles = (_request, { metadata }) => {
      calledBy = metadata.get('viernes-account-id')[0];
      return titlePageMessage();
    };
    const authorization = `Bearer ${await edge.issuer.sign({ accountId })}`;
    await titles.listTitles({}, options({ authorization }));
    expect(calledBy).toBe(accountId);
  });

  it('counts calls of a client behind a trusted proxy in the same plan as its requests to the HTTP API', async () => {
    const headers = fromRandomAddress();
    for (let count = 0; count < 3; count += 1) await titles.getTitle({ id: film.id }, { headers });
    const error = await catchError(titles.getTitle({ id: film.id }, { headers }));
    expect([error.code, error.metadata.get('viernes-error-code')]).toEqual([Code.ResourceExhausted, 'RATE_LIMITED']);
    expect(Number(error.metadata.get('retry-after'))).toBeGreaterThan(0);
    expect((await edge.fetch(`/v1/titles/${film.id}`, { token: null, headers })).status).toBe(429);
    await titles.getTitle({ id: film.id }, options());
  });

  it('forwards the deadline of the client', async () => {
    edge.catalog.handlers.listTitles = () => new Promise<never>(() => undefined);
    const error = await catchError(titles.listTitles({}, { ...options(), timeoutMs: 300 }));
    expect(error.code).toBe(Code.DeadlineExceeded);
  });
});

describe('the gRPC port', () => {
  let edge: TestEdge;
  beforeEach(async () => {
    // A separate database, because this test uses up the budget of its IP address.
    const VALKEY_URL = new URL('/7', backing().valkeyUrl).href;
    edge = await startEdge({ PLANS: toPlans({ rate: 0.01, burst: 3 }), VALKEY_URL });
  });
  afterEach(() => edge.stop());

  const connect = () => createGrpcTransport({ baseUrl: edge.grpcUrl });

  it('ignores X-Forwarded-For of a gRPC client that is not a trusted proxy', async () => {
    edge.catalog.handlers.getTitle = () => ({ title: film });
    const titles = createClient(TitleService, connect());
    const call = async () => catchError(titles.getTitle({ id: film.id }, { headers: fromRandomAddress() }));
    const codes = [];
    for (let count = 0; count < 4; count += 1) codes.push((await call()).code);
    expect(codes.at(-1)).toBe(Code.ResourceExhausted);
  });

  it('describes its services to tools', async () => {
    const reflection = createClient(ServerReflection, connect());
    async function* sendRequests() {
      yield { messageRequest: { case: 'listServices', value: '' } } as const;
      yield { messageRequest: { case: 'fileContainingSymbol', value: `${TitleService.typeName}.GetTitle` } } as const;
      yield { messageRequest: { case: 'fileContainingSymbol', value: 'viernes.user.v1.UserService' } } as const;
    }
    const responses = [];
    for await (const { messageResponse } of reflection.serverReflectionInfo(sendRequests()))
      responses.push(messageResponse);
    const [services, file, unknown] = responses;
    expect(services?.value).toMatchObject({
      service: [TitleService, Health, ServerReflection].map(({ typeName }) => ({ name: typeName })),
    });
    const files = file?.case === 'fileDescriptorResponse' ? file.value.fileDescriptorProto : [];
    const names = files.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes).name);
    expect(names).toEqual(['viernes/edge/v1/catalog.proto', 'google/protobuf/timestamp.proto']);
    expect(unknown?.case).toBe('errorResponse');
  });

  it('rejects gRPC messages of more than 16 KiB', async () => {
    const genres = Array.from({ length: 700 }, () => 'a'.repeat(30));
    const error = await catchError(createClient(TitleService, connect()).listTitles({ genres }));
    expect([error.code, error.metadata.get('viernes-error-code')]).toEqual([Code.ResourceExhausted, null]);
  });

  it('continues to serve after requests that violate the protocol', async () => {
    const method = '/viernes.edge.v1.TitleService/GetTitle';
    const requests = [
      { ':path': method, ':authority': ':::', 'content-type': 'application/grpc' },
      { ':path': method, ':authority': 'a b', 'content-type': 'application/grpc' },
      { ':path': method, 'content-type': 'text/plain' },
      { ':path': '/nothing', 'content-type': 'application/grpc' },
    ];
    for (const headers of requests) {
      const session = connectHttp2(edge.grpcUrl).on('error', () => undefined);
      const stream = session.request({ ':method': 'POST', ...headers });
      stream.on('error', () => undefined).end(Buffer.alloc(7, 255));
      stream.resume();
      await new Promise((resolve) => stream.once('close', resolve));
      session.destroy();
    }
    const socket = connectTcp(Number(new URL(edge.grpcUrl).port), '127.0.0.1');
    socket.on('error', () => undefined).write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    expect(await createClient(Health, connect()).check({})).toMatchObject({ status: ServingStatus.SERVING });
  });

  it('finishes calls in flight while it drains, and reports that it is not serving', async () => {
    let called = (): void => undefined;
    let respond = (_page: catalogV1.ListTitlesResponse): void => undefined;
    const isCalled = new Promise<void>((resolve) => (called = resolve));
    const response = new Promise<catalogV1.ListTitlesResponse>((resolve) => (respond = resolve));
    edge.catalog.handlers.listTitles = () => {
      called();
      return response;
    };
    const authorization = `Bearer ${await edge.issuer.sign()}`;
    // Opens a new connection each time, because a client does not reuse one whose close is announced.
    const check = () => createClient(Health, connect()).check({ service: TitleService.typeName });
    expect(await check()).toMatchObject({ status: ServingStatus.SERVING });
    const listed = createClient(TitleService, connect()).listTitles({}, { headers: { authorization } });
    await isCalled;
    edge.beginDrain();
    expect(await check()).toMatchObject({ status: ServingStatus.NOT_SERVING });
    const stopped = edge.drain();
    respond(titlePageMessage([film]));
    expect((await listed).titles).toHaveLength(1);
    await stopped;
  });
});
