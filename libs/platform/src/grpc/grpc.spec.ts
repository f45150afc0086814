import 'reflect-metadata';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { CodedError, catalogV1, videoV1 } from '@viernes/contracts';
import { eventually, freePort, TcpProxy } from '@viernes/testing';
import { register } from 'prom-client';
import { Observable } from 'rxjs';
import { Access, baseEnv, currentContext, loadConfig, runInContext } from '../index.js';
import { startTestServer, type TestServer } from '../testing/index.js';
import { createGrpcClient } from './grpc-client.js';

let failuresLeft = 0;
let calls = 0;

@Access('public')
@Controller()
class Titles {
  @GrpcMethod('CatalogService', 'getTitle')
  async getTitle({ titleId }: catalogV1.GetTitleRequest): Promise<catalogV1.GetTitleResponse> {
    if (titleId === 'slow') await new Promise((resolve) => setTimeout(resolve, 400));
    if (titleId === 'database is unresponsive') {
      calls += 1;
      const { deadlineAt = 0 } = currentContext();
      await new Promise((resolve) => setTimeout(resolve, deadlineAt - Date.now() - 100));
      throw new CodedError('DEPENDENCY_UNAVAILABLE');
    }
    if (titleId === 'unavailable' && failuresLeft-- > 0) throw new CodedError('DEPENDENCY_UNAVAILABLE');
    if (titleId === 'secret') throw new Error('SELECT password FROM account');
    if (titleId === 'invalid')
      throw new CodedError('REQUEST_INVALID', {}, { fieldErrors: [{ path: 'titleId', message: 'zu kurz für ß' }] });
    const { deadlineAt = 0, ...call } = currentContext();
    return { title: { ...emptyTitle, name: JSON.stringify({ ...call, hasDeadline: deadlineAt > Date.now() }) } };
  }

  @GrpcMethod('VideoService', 'watchAsset')
  watchAsset(): Observable<videoV1.WatchAssetResponse> {
    return new Observable((subscriber) => {
      const { accountId = '' } = currentContext();
      subscriber.next({ asset: undefined });
      if (accountId === 'ada') subscriber.next({ asset: undefined });
      subscriber.error(new CodedError('ASSET_NOT_FOUND'));
    });
  }
}

const emptyTitle: catalogV1.Title = {
  id: '',
  kind: catalogV1.TitleKind.TITLE_KIND_FILM,
  name: '',
  synopsis: '',
  releaseYear: undefined,
  genres: [],
  directors: [],
  maturityRating: undefined,
  runtimeMinutes: undefined,
  score: undefined,
  isPlayable: false,
  assetId: undefined,
  durationMs: undefined,
  createdAt: undefined,
  externalId: undefined,
};

describe('gRPC between two of our processes', () => {
  let server: TestServer;
  const catalog = (target = server.target) =>
    createGrpcClient(catalogV1.CatalogServiceService, target, { idempotent: ['getTitle'], timeoutMs: 1_000 });

  beforeAll(async () => {
    server = await startTestServer({
      module: { module: class Root {}, controllers: [Titles] },
      definitions: {
        'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService,
        'viernes.video.v1.VideoService': videoV1.VideoServiceService,
      },
    });
  });
  afterAll(() => server.stop());

  it('forwards trace, caller, and deadline', async () => {
    const client = catalog();
    const call = { traceId: 'a'.repeat(32), accountId: 'ada', sessionId: 's1', role: 'viewer' as const };
    const { title } = await runInContext(call, () => client.getTitle({ titleId: '1' }));
    expect(JSON.parse(title?.name ?? '')).toEqual({ ...call, hasDeadline: true });
    client.close();
  });

  it('rejects with the code and the field errors that the service threw', async () => {
    const client = catalog();
    await expect(client.getTitle({ titleId: 'invalid' })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      fieldErrors: [{ path: 'titleId', message: 'zu kurz für ß' }],
    });
    client.close();
  });

  it('reveals nothing about an unexpected error', async () => {
    const client = catalog();
    const failure = client.getTitle({ titleId: 'secret' });
    await expect(failure).rejects.toMatchObject({ code: 'INTERNAL' });
    await failure.catch((error: CodedError) => expect(String(error.cause)).not.toContain('SELECT'));
    client.close();
  });

  it('counts calls by their error code', async () => {
    const client = catalog();
    const counted = async (method: string, code: string) => {
      const { values = [] } = (await register.getSingleMetric('grpc_server_calls_total')?.get()) ?? {};
      return values.find(({ labels }) => labels['method'] === method && labels['code'] === code)?.value ?? 0;
    };
    const [succeeded, rejected] = [await counted('GetTitle', 'OK'), await counted('GetTitle', 'REQUEST_INVALID')];
    await client.getTitle({ titleId: '1' });
    await client.getTitle({ titleId: 'invalid' }).catch(() => undefined);
    expect(await counted('GetTitle', 'OK')).toBe(succeeded + 1);
    expect(await counted('GetTitle', 'REQUEST_INVALID')).toBe(rejected + 1);
    client.close();
  });

  it('rejects at the nearer deadline of the client and the request context', async () => {
    const client = catalog();
    await client.getTitle({ titleId: 'connect first' });
    await expect(client.getTitle({ titleId: 'slow' }, { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
    const call = { traceId: 'c'.repeat(32), deadlineAt: Date.now() + 50 };
    await expect(runInContext(call, () => client.getTitle({ titleId: 'slow' }))).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
    client.close();
  });

  it('retries an idempotent call while the service is unavailable', async () => {
    const client = catalog();
    failuresLeft = 2;
    await expect(client.getTitle({ titleId: 'unavailable' })).resolves.toMatchObject({ title: {} });
    expect(failuresLeft).toBe(-1);
    client.close();
  });

  it('does not retry a call shortly before its deadline, which would hide the reason of the failure', async () => {
    const client = catalog();
    const call = client.getTitle({ titleId: 'database is unresponsive' }, { timeoutMs: 800 });
    await expect(call).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    expect(calls).toBe(1);
    client.close();
  });

  it('does not retry a call that is not declared idempotent', async () => {
    const client = createGrpcClient(catalogV1.CatalogServiceService, server.target, {
      idempotent: ['listTitles'],
      timeoutMs: 1_000,
    });
    failuresLeft = 1;
    await expect(client.getTitle({ titleId: 'unavailable' })).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    expect(failuresLeft).toBe(0);
    client.close();
  });

  it('stops retrying calls once failures have used the retry budget', async () => {
    const client = catalog();
    const CALLS = 30;
    failuresLeft = 4 * CALLS;
    for (let call = 0; call < CALLS; call += 1) {
      await client.getTitle({ titleId: 'unavailable' }).catch(() => undefined);
    }
    // Four attempts per call without a budget. With one: half of its 20 tokens, then a single attempt per call.
    expect(4 * CALLS - failuresLeft).toBeLessThan(2 * CALLS);
    failuresLeft = 0;
    client.close();
  });

  it('rejects with DEPENDENCY_UNAVAILABLE when no server listens', async () => {
    const client = createGrpcClient(catalogV1.CatalogServiceService, `dns:///127.0.0.1:${await freePort()}`, {
      idempotent: [],
      timeoutMs: 1_000,
    });
    await expect(client.getTitle({ titleId: '1' })).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    client.close();
  });

  it('rejects with DEPENDENCY_UNAVAILABLE when the deadline passes before a connection exists', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const client = catalog(`dns:///127.0.0.1:${(silent.address() as AddressInfo).port}`);
    const failure = client.getTitle({ titleId: '1' }, { timeoutMs: 300 });
    await expect(failure).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    client.close();
    silent.close();
  });

  it('replaces the connection to an unresponsive server', async () => {
    const proxy = await TcpProxy.reserve('127.0.0.1', Number(server.target.split(':').at(-1)));
    await proxy.open();
    const client = createGrpcClient(catalogV1.CatalogServiceService, `dns:///127.0.0.1:${proxy.port}`, {
      idempotent: [],
      timeoutMs: 500,
    });
    await client.getTitle({ titleId: '1' });
    proxy.swallow();
    await expect(client.getTitle({ titleId: '1' })).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await eventually(() => client.getTitle({ titleId: '1' }));
    client.close();
    await proxy.close();
  });

  it('iterates a stream and throws the coded error that ends it', async () => {
    const client = createGrpcClient(videoV1.VideoServiceService, server.target, {
      idempotent: [],
      timeoutMs: 1_000,
    });
    let seen = 0;
    const responses = runInContext({ traceId: 'd'.repeat(32), accountId: 'ada' }, () =>
      client.watchAsset({ assetId: 'x' }),
    );
    const watch = async () => {
      for await (const _ of responses) seen += 1;
    };
    await expect(watch()).rejects.toMatchObject({ code: 'ASSET_NOT_FOUND' });
    expect(seen).toBe(2);
    client.close();
  });
});

describe('configuration', () => {
  it('lists every invalid setting', async () => {
    const { z } = await import('zod');
    expect(() => loadConfig(z.object(baseEnv), { LOG_LEVEL: 'loud', HEALTH_ADDRESS: '' })).toThrow(
      /LOG_LEVEL[^]*HEALTH_ADDRESS/,
    );
  });
});
