import { CodedError } from '@viernes/contracts';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

describe('POST /v1/account/export', () => {
  let edge: TestEdge;
  beforeAll(async () => {
    edge = await startEdge();
    edge.user.handlers.exportAccount = () => ({ dataJson: '{"profiles":[{"name":"Ada"}]}' });
    edge.video.handlers = { exportAccount: () => ({ dataJson: '{"uploads":[]}' }) };
    edge.catalog.handlers = { exportAccount: () => ({ dataJson: '{"changes":[]}' }) };
  });
  afterAll(() => edge.stop());

  const body = { password: 'correct horse battery' };
  const download = () => edge.fetch('/v1/account/export', { method: 'POST', json: body });

  it('returns the parts of all services as one file, which no cache stores', async () => {
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

  it('is rejected for clients that accept only XML', async () => {
    const headers = { accept: 'application/xml' };
    const response = await edge.fetch('/v1/account/export', { method: 'POST', json: body, headers });
    expect([response.status, response.headers.get('content-disposition')]).toEqual([406, null]);
  });

  it('fails if a service is unavailable or refuses, because a part must not look like everything', async () => {
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
