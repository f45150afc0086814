import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '@viernes/contracts';
import { eventually } from '@viernes/testing';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

describe('POST /v1/account/export', () => {
  let edge: TestEdge;
  beforeAll(async () => {
    edge = await startEdge({ RATE_LIMIT_SIGN_IN_PER_MINUTE: '100', RATE_LIMIT_SIGN_IN_PER_IP_PER_MINUTE: '1000' });
  });
  beforeEach(() => {
    edge.user.handlers.exportAccount = () => ({ dataJson: '{"profiles":[{"name":"Ada"}]}', nextCursor: '' });
    edge.video.handlers = { exportAccount: () => ({ dataJson: '{"uploads":[]}', nextCursor: '' }) };
    edge.catalog.handlers = { exportAccount: () => ({ dataJson: '{"changes":[]}', nextCursor: '' }) };
  });
  afterAll(() => edge.stop());

  const body = { password: 'correct horse battery' };
  const download = () => edge.fetch('/v1/account/export', { method: 'POST', json: body });

  it('returns the data of all services as one file that no cache stores', async () => {
    const response = await download();
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="viernes-account.json"');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      exportedAt: expect.any(String) as string,
      user: { profiles: [{ name: 'Ada' }] },
      video: { uploads: [] },
      catalog: { changes: [] },
    });
  });

  it('rejects an export for clients that accept only XML', async () => {
    const headers = { accept: 'application/xml' };
    const response = await edge.fetch('/v1/account/export', { method: 'POST', json: body, headers });
    expect([response.status, response.headers.get('content-disposition')]).toEqual([406, null]);
  });

  it('joins the pages of each service, and sends the password to the user service with the first request only', async () => {
    const pages: Readonly<Record<string, readonly [data: unknown, nextCursor: string]>> = {
      '': [{ account: { id: 'a' }, progress: [], ratings: [1, 2] }, 'p2'],
      p2: [{ ratings: [] }, 'p3'],
      p3: [{ ratings: [3], sessions: [], events: ['{"', ']'] }, 'p4'],
      p4: [{ events: [{ id: 5 }] }, ''],
    };
    const requests: unknown[] = [];
    edge.user.handlers.exportAccount = (request) => {
      requests.push(request);
      const [data, nextCursor] = pages[request.cursor] ?? [];
      return { dataJson: JSON.stringify(data), nextCursor: nextCursor ?? '' };
    };
    expect(await (await download()).json()).toMatchObject({
      user: { account: { id: 'a' }, progress: [], ratings: [1, 2, 3], sessions: [], events: ['{"', ']', { id: 5 }] },
      video: { uploads: [] },
    });
    const next = ['p2', 'p3', 'p4'].map((cursor) => ({ password: '', cursor }));
    expect(requests).toEqual([{ ...body, cursor: '' }, ...next]);
  });

  it('reads pages no faster than the client reads the response', async () => {
    const rows = Array.from({ length: 1_000 }, () => ({ text: 'x'.repeat(900) }));
    let count = 0;
    edge.catalog.handlers.exportAccount = () => {
      count += 1;
      return { dataJson: JSON.stringify({ changes: rows }), nextCursor: count < 30 ? String(count) : '' };
    };
    const { body: stream } = await download();
    const reader = stream?.getReader();
    await reader?.read();
    await waitUntilSteady(() => count);
    // The sockets buffer a few megabytes of the 27.
    expect(count).toBeLessThan(20);
    let sizeBytes = 0;
    for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read()) {
      sizeBytes += chunk.value.length;
    }
    expect([count, sizeBytes > 27_000_000]).toEqual([30, true]);
  });

  it('closes the connection if a service fails after the response has begun', async () => {
    edge.catalog.handlers.exportAccount = ({ cursor }) => {
      if (cursor !== '') throw new CodedError('DEPENDENCY_UNAVAILABLE');
      return { dataJson: '{"changes":[1]}', nextCursor: 'p2' };
    };
    const response = await download();
    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow();
  });

  it('limits the concurrent exports of each account', async () => {
    const token = await edge.issuer.sign({ role: 'viewer' });
    let finish = (): void => undefined;
    const wait = new Promise<void>((resolve) => (finish = resolve));
    let waiting = 0;
    edge.catalog.handlers.exportAccount = async () => {
      waiting += 1;
      await wait;
      return { dataJson: '{}', nextCursor: '' };
    };
    const start = () => edge.fetch('/v1/account/export', { method: 'POST', json: body, token });
    const downloads = [start(), start()];
    await eventually(() => waiting === 2);
    expect((await start()).status).toBe(429);
    finish();
    for (const response of await Promise.all(downloads)) await response.text();
    await eventually(async () => (await start()).status === 200);
  });

  it('fails if a service is unavailable or rejects the call, so that no incomplete export looks complete', async () => {
    edge.video.handlers.exportAccount = () => {
      throw new CodedError('DEPENDENCY_UNAVAILABLE');
    };
    expect((await download()).status).toBe(503);
    edge.video.handlers.exportAccount = () => {
      throw new CodedError('PROFILE_LIMITED');
    };
    expect((await download()).status).toBe(403);
    expect((await edge.fetch('/v1/account/export', { method: 'POST', json: body, token: null })).status).toBe(401);
  });
});

/** Waits until a number has not changed for half a second. */
async function waitUntilSteady(read: () => number): Promise<void> {
  let before = -1;
  while (before !== read()) {
    before = read();
    await delay(500);
  }
}
