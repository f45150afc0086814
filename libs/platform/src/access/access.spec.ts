import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { catalogV1, transcodeV1 } from '@viernes/contracts';
import { z } from 'zod';
import {
  Access,
  CallSignal,
  CurrentCaller,
  findUndeclaredMethods,
  listGrpcMethods,
  pageSize,
  uuid,
  type Caller,
} from '../index.js';
import { newCaller, runAs, startTestServer, type TestServer } from '../testing/index.js';

const definitions = { 'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService };
const workerDefinitions = { 'viernes.video.v1.TranscodeService': transcodeV1.TranscodeServiceService };

const GetTitleRequest = z.object({ titleId: uuid });
const ListHomeRowsRequest = z.object({ rowSize: pageSize(20, 50) });

/** Requests as handlers received them. */
const received: unknown[] = [];
const aborted: boolean[] = [];

@Access('account')
@Controller()
class Titles {
  @GrpcMethod('CatalogService', 'getTitle')
  getTitle(
    @Payload({ schema: GetTitleRequest }) request: z.infer<typeof GetTitleRequest>,
    @CurrentCaller() caller: Caller,
  ): catalogV1.GetTitleResponse {
    received.push(request, caller);
    return { title: undefined };
  }

  @GrpcMethod('CatalogService', 'getPerson')
  @Access('household')
  getPerson(): catalogV1.GetPersonResponse {
    return { person: undefined };
  }

  @GrpcMethod('CatalogService', 'createTitle')
  @Access('editor')
  createTitle(): catalogV1.CreateTitleResponse {
    return { title: undefined };
  }

  @GrpcMethod('CatalogService', 'listHomeRows')
  @Access('public')
  listHomeRows(
    @Payload({ schema: ListHomeRowsRequest }) request: z.infer<typeof ListHomeRowsRequest>,
  ): catalogV1.ListHomeRowsResponse {
    received.push(request);
    return { rows: [], version: '' };
  }
}

@Controller()
class Forgotten {
  @GrpcMethod('CatalogService', 'listTitles')
  listTitles(): catalogV1.ListTitlesResponse {
    return { titles: [], nextCursor: '', highlights: [], isTotalLowerBound: false };
  }
}

@Controller()
class Jobs {
  @GrpcMethod('TranscodeService', 'leaseJob')
  @Access('worker')
  async leaseJob(@CallSignal() signal: AbortSignal): Promise<transcodeV1.LeaseJobResponse> {
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    aborted.push(signal.aborted);
    return { job: undefined };
  }

  @GrpcMethod('TranscodeService', 'releaseJob')
  @Access('worker')
  releaseJob(): transcodeV1.ReleaseJobResponse {
    return {};
  }
}

describe.each([
  { transport: 'gRPC', isInProcess: false },
  { transport: 'one process', isInProcess: true },
])('access to methods over $transport', ({ isInProcess }) => {
  const titleId = '0199f2c4-0000-7000-8000-00000000000A';
  const newTitle = {
    kind: 1,
    name: '',
    synopsis: '',
    genres: [],
    directors: [],
  } as unknown as catalogV1.CreateTitleRequest;
  const listRequest = {
    pageSize: 0,
    cursor: '',
    query: '',
    filter: undefined,
    includeTotal: false,
    order: 0,
    language: '',
  };
  let server: TestServer;
  let catalog: ReturnType<typeof connect>;
  const connect = () => server.client(catalogV1.CatalogServiceService);

  beforeAll(async () => {
    const module = { module: class Root {}, controllers: [Titles, Forgotten, Jobs] };
    server = await startTestServer({ module, definitions, workerDefinitions, isInProcess });
    catalog = connect();
  });
  beforeEach(() => {
    received.splice(0);
    aborted.splice(0);
  });
  afterAll(() => server.stop());

  it('a public method accepts anonymous calls', async () => {
    await expect(catalog.listHomeRows({ rowSize: 5, knownVersion: '' })).resolves.toEqual({ rows: [], version: '' });
  });

  it('a method with access "account" rejects anonymous calls with UNAUTHENTICATED', async () => {
    await expect(catalog.getTitle({ titleId })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(runAs(newCaller('viewer'), () => catalog.getTitle({ titleId }))).resolves.toBeDefined();
  });

  it('a method with access "household" requires a selected profile without a maximum age', async () => {
    const get = () => catalog.getPerson({ personId: 'p' });
    await expect(get()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(runAs(newCaller(), get)).rejects.toMatchObject({ code: 'PROFILE_NOT_SELECTED' });
    const selected = { ...newCaller(), profileId: 'p' };
    await expect(runAs({ ...selected, maximumAge: 8 }, get)).rejects.toMatchObject({ code: 'PROFILE_LIMITED' });
    await expect(runAs(selected, get)).resolves.toBeDefined();
  });

  it('a method with access "editor" rejects viewers with FORBIDDEN and anonymous calls with UNAUTHENTICATED', async () => {
    const create = () => catalog.createTitle(newTitle);
    await expect(create()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(runAs(newCaller('viewer'), create)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(runAs(newCaller('editor'), create)).resolves.toBeDefined();
  });

  it('a method without a declaration rejects every call with INTERNAL', async () => {
    const list = () => catalog.listTitles(listRequest);
    await expect(list()).rejects.toMatchObject({ code: 'INTERNAL' });
    await expect(runAs(newCaller('editor'), list)).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('a method with access "worker" accepts calls on the worker port', async () => {
    const jobs = server.workerClient(transcodeV1.TranscodeServiceService);
    await expect(jobs.releaseJob({ jobId: 'j', leaseToken: 't' })).resolves.toBeDefined();
  });

  it('the signal of a call aborts when the client cancels it', async () => {
    const jobs = server.workerClient(transcodeV1.TranscodeServiceService);
    const leaving = new AbortController();
    const lease = jobs.leaseJob({ workerId: 'w', waitSeconds: 20 }, { signal: leaving.signal });
    setTimeout(() => leaving.abort(), 50);
    await expect(lease).rejects.toBeDefined();
    while (aborted.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(aborted).toEqual([true]);
  });

  it('the handler receives the output of the request schema and the caller', async () => {
    const caller = newCaller('viewer');
    await runAs(caller, () => catalog.getTitle({ titleId }));
    await catalog.listHomeRows({ rowSize: 0, knownVersion: '' });
    expect(received).toEqual([{ titleId: titleId.toLowerCase() }, caller, { rowSize: 20 }]);
  });

  it('an invalid request fails with REQUEST_INVALID and one error per invalid field', async () => {
    await expect(catalog.listHomeRows({ rowSize: 51, knownVersion: '' })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      fieldErrors: [{ path: 'rowSize', reason: 'maximum', values: { maximum: 50 } }],
    });
    expect(received).toEqual([]);
  });

  it('access is checked before the request is validated', async () => {
    await expect(catalog.getTitle({ titleId: 'no id' })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('lists every method with its access, and finds those without a declaration', () => {
    expect(listGrpcMethods(server.app)).toEqual([
      { service: 'CatalogService', method: 'getTitle', access: 'account' },
      { service: 'CatalogService', method: 'getPerson', access: 'household' },
      { service: 'CatalogService', method: 'createTitle', access: 'editor' },
      { service: 'CatalogService', method: 'listHomeRows', access: 'public' },
      { service: 'CatalogService', method: 'listTitles', access: undefined },
      { service: 'TranscodeService', method: 'leaseJob', access: 'worker' },
      { service: 'TranscodeService', method: 'releaseJob', access: 'worker' },
    ]);
    expect(findUndeclaredMethods(server.app)).toEqual(['CatalogService/listTitles']);
  });

  it('a service does not start with a worker method on the port of the edge, or another method on the worker port', async () => {
    const start = (
      controller: typeof Jobs | typeof Titles,
      ports: Pick<Parameters<typeof startTestServer>[0], 'definitions' | 'workerDefinitions'>,
    ) => startTestServer({ module: { module: class Root {}, controllers: [controller] }, ...ports });
    await expect(start(Jobs, { definitions: workerDefinitions })).rejects.toThrow('TranscodeService/leaseJob');
    await expect(start(Titles, { definitions: {}, workerDefinitions: definitions })).rejects.toThrow(
      'CatalogService/getTitle (access: account)',
    );
  });
});
