import 'reflect-metadata';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { CodedError, catalogV1 } from '@viernes/contracts';
import { eventually, freePort, TcpProxy } from '@viernes/testing';
import { Access, baseEnv, currentContext, loadConfig } from '../index.js';
import { startTestServer, type TestServer } from '../testing/index.js';
import { createGrpcClient } from './grpc-client.js';

let failuresLeft = 0;
let calls = 0;

@Access('public')
@Controller()
class Titles {
  @GrpcMethod('CatalogService', 'getTitle')
  async getTitle({ titleId }: catalogV1.GetTitleRequest): Promise<catalogV1.GetTitleResponse> {
    if (titleId === 'database is unresponsive') {
      calls += 1;
      const { deadlineAt = 0 } = currentContext();
      await new Promise((resolve) => setTimeout(resolve, deadlineAt - Date.now() - 450));
      throw new CodedError('DEPENDENCY_UNAVAILABLE');
    }
    if (titleId === 'unavailable' && failuresLeft-- > 0) throw new CodedError('DEPENDENCY_UNAVAILABLE');
    return { title: undefined };
  }
}

describe('gRPC between two of our processes', () => {
  let server: TestServer;
  const catalog = (target = server.target) =>
    createGrpcClient(catalogV1.CatalogServiceService, target, { idempotent: ['getTitle'], timeoutMs: 20_000 });

  beforeAll(async () => {
    server = await startTestServer({
      module: { module: class Root {}, controllers: [Titles] },
      definitions: {
        'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService,
      },
    });
  });
  afterAll(() => server.stop());

  it('retries an idempotent call while the service is unavailable', async () => {
    const client = catalog();
    failuresLeft = 2;
    await expect(client.getTitle({ titleId: 'unavailable' })).resolves.toBeDefined();
    expect(failuresLeft).toBe(-1);
    client.close();
  });

  it('does not retry a call shortly before its deadline, which would hide the cause of the failure', async () => {
    const client = catalog();
    const call = client.getTitle({ titleId: 'database is unresponsive' }, { timeoutMs: 800 });
    await expect(call).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    expect(calls).toBe(1);
    client.close();
  });

  it('does not retry a call that is not declared idempotent', async () => {
    const client = createGrpcClient(catalogV1.CatalogServiceService, server.target, {
      idempotent: ['listTitles'],
      timeoutMs: 20_000,
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
      timeoutMs: 20_000,
    });
    await client.getTitle({ titleId: '1' });
    proxy.dropData();
    const lost = client.getTitle({ titleId: '1' }, { timeoutMs: 500 });
    await expect(lost).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await eventually(() => client.getTitle({ titleId: '1' }));
    client.close();
    await proxy.close();
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
