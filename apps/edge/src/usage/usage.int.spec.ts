import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { CodedError, userV1 } from '@viernes/contracts';
import type { UsageBatch } from '@viernes/gateway';
import { eventually } from '@viernes/testing';
import { newApiKeySecret } from '../testing/api-key-secret.js';
import { titlePageMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

type CountedUsage = UsageBatch['usages'][number];

describe('the usage that the edge counts', () => {
  let edge: TestEdge;

  beforeEach(async () => {
    edge = await startEdge();
    edge.catalog.handlers.listTitles = () => titlePageMessage();
  });
  afterEach(() => edge.stop());

  /** Stops the edge, which publishes all counts. Sums the calls of all batches by caller, operation and status. */
  const stopAndList = async (): Promise<Partial<CountedUsage>[]> => {
    await edge.drain();
    const calls = new Map<string, number>();
    for (const { caller, operation, status, calls: counted } of edge.usage.flatMap((batch) => batch.usages)) {
      const row = JSON.stringify({ ...(caller && { caller }), operation, status });
      calls.set(row, (calls.get(row) ?? 0) + counted);
    }
    return [...calls].map(([row, sum]) => ({ ...(JSON.parse(row) as Partial<CountedUsage>), calls: sum }));
  };

  it('counts each call by account, API key, operation and status', async () => {
    const [accountId, apiKeyId] = [randomUUID(), randomUUID()];
    const secret = newApiKeySecret();
    edge.user.handlers.verifyApiKey = () => ({
      ...{ accountId, apiKeyId, secretId: randomUUID(), plan: 'account', role: userV1.Role.ROLE_VIEWER },
      ...{ scopes: ['catalog:read'], profileId: undefined, maximumAge: undefined },
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    edge.catalog.handlers.getTitle = () => {
      throw new CodedError('TITLE_NOT_FOUND');
    };
    const token = await edge.issuer.sign({ accountId });
    for (const credential of [token, token, secret, null, 'invalid'])
      await (await edge.fetch('/v1/titles', { token: credential })).text();
    await (await edge.fetch('/v1/titles/none', { token })).text();
    await (await edge.fetch('/v1/profiles', { token: secret })).text();
    const rows = await stopAndList();
    expect(rows).toHaveLength(6);
    expect(rows).toEqual(
      expect.arrayContaining([
        { caller: { accountId }, operation: 'listTitles', status: 200, calls: 2 },
        { caller: { accountId, apiKeyId }, operation: 'listTitles', status: 200, calls: 1 },
        { operation: 'listTitles', status: 200, calls: 1 },
        { operation: 'listTitles', status: 401, calls: 1 },
        { caller: { accountId }, operation: 'getTitle', status: 404, calls: 1 },
        { caller: { accountId, apiKeyId }, operation: 'listProfiles', status: 403, calls: 1 },
      ]),
    );
  });

  it('counts responses from the cache, but not the web app, unknown paths, and preflights', async () => {
    for (let call = 0; call < 3; call += 1) await (await edge.fetch('/v1/titles', { token: null })).text();
    for (const path of ['/', '/v1/unknown']) await (await edge.fetch(path, { token: null })).text();
    await edge.fetch('/v1/titles', { method: 'OPTIONS', token: null });
    expect(await stopAndList()).toEqual([{ operation: 'listTitles', status: 200, calls: 3 }]);
  });

  it('counts the response bytes of counted calls, without those of other requests on their connection', async () => {
    const socket = connect(Number(new URL(edge.url).port), '127.0.0.1');
    let received = '';
    socket.setEncoding('latin1').on('data', (data: string) => (received += data));
    const request = async (path: string, headers = ''): Promise<number> => {
      received = '';
      socket.write(`GET ${path} HTTP/1.1\r\nhost: edge\r\n${headers}\r\n`);
      await eventually(() => {
        const [, length] = /content-length: (\d+)/i.exec(received) ?? [];
        return received.length === received.indexOf('\r\n\r\n') + 4 + Number(length);
      });
      return received.length;
    };
    let expected = await request('/v1/titles');
    await request('/');
    expected += await request('/v1/titles');
    expected += await request('/v1/titles', 'accept-encoding: gzip\r\n');
    socket.end();
    await edge.drain();
    const usages = edge.usage.flatMap((batch) => batch.usages);
    expect(usages.reduce((sum, { responseBytes }) => sum + responseBytes, 0)).toBe(expected);
  });

  it('counts the inner calls of link previews, which add no response bytes', async () => {
    edge.catalog.handlers.getTitle = () => {
      throw new CodedError('TITLE_NOT_FOUND');
    };
    await (await edge.fetch('/titles/none', { token: null, headers: { accept: 'text/html' } })).text();
    expect(await stopAndList()).toEqual([{ operation: 'getTitle', status: 404, calls: 1 }]);
    expect(edge.usage.flatMap((batch) => batch.usages)).toMatchObject([{ responseBytes: 0 }]);
  });

  it('counts calls whose clients disconnect before the response, with status 499', async () => {
    let isCalled = false;
    edge.catalog.handlers.listTitles = async () => {
      isCalled = true;
      return new Promise(() => undefined);
    };
    const token = await edge.issuer.sign();
    const socket = connect(Number(new URL(edge.url).port), '127.0.0.1');
    socket.write(`GET /v1/titles HTTP/1.1\r\nhost: edge\r\nauthorization: Bearer ${token}\r\n\r\n`);
    await eventually(() => isCalled);
    socket.destroy();
    await once(socket, 'close');
    await eventually(() => edge.usage.length > 0);
    expect(await stopAndList()).toMatchObject([{ operation: 'listTitles', status: 499, calls: 1 }]);
  });
});
