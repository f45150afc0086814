import { createApiClient } from './index.js';

describe('the idempotency key of a request', () => {
  it('sends a new idempotency key with each POST, and none with other requests', async () => {
    const sent: (string | null)[] = [];
    const client = createApiClient({
      baseUrl: 'http://edge',
      fetch: ({ headers }) => {
        sent.push(headers.get('idempotency-key'));
        return Promise.resolve(Response.json({}));
      },
    });
    const params = { path: { id: 'x' } };
    for (let count = 0; count < 2; count += 1) await client.POST('/v1/profiles', { body: { name: 'Bo' } });
    await client.PATCH('/v1/profiles/{id}', { params, body: { name: 'Bo' } });
    await client.GET('/v1/profiles');
    const [first, second, ...others] = sent;
    expect([first, second]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(second).not.toBe(first);
    expect(others).toEqual([null, null]);
  });
});
