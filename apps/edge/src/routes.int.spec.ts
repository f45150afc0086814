import { startEdge, type TestEdge } from './testing/start-edge.js';

describe('the routes of the edge', () => {
  let edge: TestEdge;

  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());

  it('every route declares an operation with its access and errors, unless it carries calls of operations or serves the web app', () => {
    expect(edge.routes.length).toBeGreaterThan(20);
    for (const { method, url, config } of edge.routes) {
      const route = `${String(method)} ${url}`;
      if (config?.servesWebApp) {
        expect(['GET /*', 'HEAD /*', 'OPTIONS /*']).toContain(route);
        continue;
      }
      // Each call over such a route is handled as a request of an operation.
      if (config?.carries) continue;
      expect({ route, operation: config?.operation }).toEqual({
        route,
        operation: expect.objectContaining({
          auth: expect.stringMatching(/^(none|optional|required)$/),
          errors: expect.any(Array),
        }),
      });
      if (config?.operation?.role) expect([route, config.operation.auth]).toEqual([route, 'required']);
    }
  });

  it('every route returns 401 without a token that it requires, and 403 without the required role', async () => {
    const viewer = await edge.issuer.sign({ role: 'viewer' });
    for (const { method, url, config } of edge.routes) {
      const request = { method: String(method) };
      const path = url.replaceAll(/:[A-Za-z]+/g, '0b7c6a52-4b38-4a0e-9d2c-6f3f1f6f0a11');
      const { auth, role } = config?.operation ?? { auth: 'none' };
      if (auth === 'required')
        expect([url, (await edge.fetch(path, { ...request, token: null })).status]).toEqual([url, 401]);
      if (role) expect([url, (await edge.fetch(path, { ...request, token: viewer })).status]).toEqual([url, 403]);
    }
  });
});
